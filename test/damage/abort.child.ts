// A bot that ends as LMDB ends it on a damaged file, before it has said anything.
process.abort();
