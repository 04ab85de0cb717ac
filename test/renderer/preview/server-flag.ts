// tRPC refuses to make a router in a window unless the runtime says that it is a server, and asks while it is loaded:
// this has to be imported before anything that imports it.
Object.assign(globalThis, { Deno: {} });
