// Playwright's test without its browser fixtures, which cost each test tens of milliseconds and are not needed here.
// It is exported under a private name: this is the one file that knows it, and the version is pinned.
export { _baseTest as test } from '@playwright/test';
