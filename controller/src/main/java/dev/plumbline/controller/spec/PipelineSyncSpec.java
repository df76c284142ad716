package dev.plumbline.controller.spec;

import dev.plumbline.registry.model.SyncId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code PipelineSync} asks for, with every default filled.
 *
 * @param source where its commits come from
 * @param path the overlay, from the repository's root; empty for the root
 * @param interval pause between two polls, {@link #MIN_INTERVAL} to {@link #MAX_INTERVAL}
 * @param mode whether it writes
 * @param prune whether what is no longer wanted is deleted
 * @param deletionPolicy what happens to applied objects when the sync is deleted
 * @param deletionBudget how much one plan may delete without a confirmation
 * @param serviceAccountName account in the namespace of the sync that it acts as; null when none is named, which the operator of the
 *     controller must allow
 * @param policies what a denial by the repository's own policies means
 * @param versions how template versions live
 * @param argo whether patches, images and name references reach into Argo's objects
 * @param drift what happens to drift
 * @param health what is expected of applied objects
 * @param onFailure what happens after a failed apply
 * @param dependsOn syncs that must be ready at their newest commit before this one applies
 * @param windows times in which nothing new is applied
 * @param suspend whether everything is stopped
 * @param ignore fields that others may set
 */
public record PipelineSyncSpec(
        SourceSpec source,
        String path,
        Duration interval,
        Mode mode,
        boolean prune,
        DeletionPolicy deletionPolicy,
        DeletionBudget deletionBudget,
        @Nullable String serviceAccountName,
        Policies policies,
        Versions versions,
        boolean argo,
        Drift drift,
        HealthSpec health,
        OnFailure onFailure,
        List<SyncId> dependsOn,
        List<FreezeWindow> windows,
        boolean suspend,
        List<IgnoreRule> ignore) {

    /** Shortest pause between two polls. */
    public static final Duration MIN_INTERVAL = Duration.ofSeconds(5);

    /** Longest pause between two polls. */
    public static final Duration MAX_INTERVAL = Duration.ofHours(24);

    /** Pause between two polls when none is given. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    /** How long objects may be in progress when it is not given. */
    public static final Duration DEFAULT_HEALTH_TIMEOUT = Duration.ofMinutes(5);

    /** Keeps its own copies. */
    public PipelineSyncSpec {
        dependsOn = List.copyOf(dependsOn);
        windows = List.copyOf(windows);
        ignore = List.copyOf(ignore);
    }

    /** Whether a sync writes. */
    public enum Mode {
        /** It applies. */
        APPLY("Apply"),
        /** It does everything but write. */
        OBSERVE("Observe");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What happens to applied objects when the sync is deleted. */
    public enum DeletionPolicy {
        /** They stay, and a new sync of that name owns them again. Needs no finalizer. */
        ORPHAN("Orphan"),
        /** They are deleted first, whatever the budget says: a finalizer holds the sync until they are gone. */
        DELETE("Delete");

        private final String word;

        DeletionPolicy(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What a denial by the repository's own policies means. */
    public enum Policies {
        /** The commit is broken. */
        ENFORCE("Enforce"),
        /** It is a warning. */
        REPORT("Report");

        private final String word;

        Policies(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** How template versions live (design section 6). */
    public enum Versions {
        /** Each as its own immutable object. */
        SIDE_BY_SIDE("SideBySide"),
        /** One object that is changed. */
        IN_PLACE("InPlace");

        private final String word;

        Versions(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What happens to drift. */
    public enum Drift {
        /** It is put back. */
        REPAIR("Repair"),
        /** It is said. */
        REPORT("Report");

        private final String word;

        Drift(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** What happens after an apply that failed for a reason in its content. */
    public enum OnFailure {
        /** What is applied stays, and the next commit is waited for. */
        HOLD("Hold"),
        /** The last good revision is restored, and the bad content quarantined. */
        ROLLBACK("Rollback");

        private final String word;

        OnFailure(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
