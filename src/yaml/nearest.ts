import leven from 'leven';

/**
 * The known name a mistyped one most likely stands for: at most a third of its letters (and always one or two)
 * differ. Undefined when none is near.
 */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  const small = typed.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    const most = Math.max(2, Math.floor(name.length / 3));
    const distance = leven(small, name.toLowerCase(), { maxDistance: most + 1 });
    if (distance > most || distance >= name.length) continue;
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best?.name;
}

/** ` (did you mean "…"?)`, or nothing when no known name is near. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  const name = nearest(typed, known);
  return name === undefined ? '' : ` (did you mean "${name}"?)`;
}
