# A release that starts and never gets healthy.
FROM shop-supergraph:check
HEALTHCHECK --interval=1s --timeout=2s --start-period=1s --retries=3 CMD ["node", "-e", "process.exit(1)"]
