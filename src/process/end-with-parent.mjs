// For `node --import`: ends a program that is not ours when the process that forked it has ended.
process.on('disconnect', () => process.exit());
process.channel?.unref();
