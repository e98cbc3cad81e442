/**
 * Loaded before every test file (`--import`). Node's test runner follows every promise, to be able to say to which test an error belongs that
 * comes after its end: each `await` then takes thirty times as long, and all tests together twice. Without that such an error still fails
 * its file; only the name of the test is missing.
 */
import asyncHooks from 'node:async_hooks';

const { createHook } = asyncHooks;
asyncHooks.createHook = (callbacks) => createHook({ ...callbacks, trackPromises: false });
