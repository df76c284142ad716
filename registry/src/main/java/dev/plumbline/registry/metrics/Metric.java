package dev.plumbline.registry.metrics;

/** Every metric that Plumbline exports. The table of the README is compared with this list by a test. */
public enum Metric {
    /** Reported from the start to the end, also where there is no sync: without it nobody runs. */
    RUNNING("plumbline_running", Kind.PROGRAM, "1 while the program runs, by version."),
    /** Polls of a repository, by outcome {@code ok} or {@code failed}. */
    POLLS("plumbline_polls_total", Kind.COUNTER, "Polls of the repository by outcome."),
    /** Heads that were handled, by outcome of the history entry. */
    RECONCILES("plumbline_reconciles_total", Kind.COUNTER, "Heads handled, by outcome in history."),
    /** Plans that were made, by outcome {@code unchanged}, {@code changes} or {@code refused}. */
    PLANS("plumbline_plans_total", Kind.COUNTER, "Plans made, by whether they found changes."),
    /** Time from a commit seen to its Release applied. */
    APPLY_SECONDS("plumbline_commit_to_applied_seconds", Kind.TIMER, "Time from a commit seen to its Release applied."),
    /** Objects written, by action. */
    WRITES("plumbline_writes_total", Kind.COUNTER, "Objects written to the cluster, by action."),
    /** Objects owned. */
    OWNED("plumbline_inventory_objects", Kind.GAUGE, "Objects that the sync owns."),
    /** 1 while the newest head is applied, else 0. */
    READY("plumbline_sync_ready", Kind.GAUGE, "1 while the newest commit is applied, else 0."),
    /** Runs that ended, by phase. */
    RUNS("plumbline_runs_total", Kind.COUNTER, "Runs recorded, by phase."),
    /** Runs recorded, by verdict. */
    VERDICTS("plumbline_verdicts_total", Kind.COUNTER, "Runs recorded, by verdict.");

    private final String exported;
    private final Kind kind;
    private final String help;

    Metric(String exported, Kind kind, String help) {
        this.exported = exported;
        this.kind = kind;
        this.help = help;
    }

    /** Its name in the exposition. */
    public String exported() {
        return exported;
    }

    /** What it counts. */
    public String help() {
        return help;
    }

    Kind kind() {
        return kind;
    }

    /** How a metric behaves. */
    enum Kind {
        /** A gauge of the program, not of a sync. */
        PROGRAM,
        COUNTER,
        GAUGE,
        TIMER
    }
}
