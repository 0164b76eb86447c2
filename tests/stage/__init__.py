"""The stage on which the demonstration and the end-to-end tests play: real Redis, Alertmanager and
Prometheus, a scripted mail relay, and the daemon, all on loopback and in one scratch folder."""
