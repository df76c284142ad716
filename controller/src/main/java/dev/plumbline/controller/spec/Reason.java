package dev.plumbline.controller.spec;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a custom resource stands as it does: the {@code reason} of its conditions, spelt as the enum prints it. Each reason decides the
 * three conditions, so that they never contradict each other.
 */
public enum Reason {
    /** The newest commit is applied, and its objects are healthy. */
    APPLIED("Applied", Form.READY, "the newest commit is applied, and its objects are healthy"),
    /** Mode Observe: the plan for the newest commit is made, and nothing was written. */
    OBSERVED("Observed", Form.READY, "mode Observe: the plan for the newest commit is made, and nothing was written"),
    /** An older revision is restored, and content that was rolled back from is held. */
    ROLLED_BACK(
            "RolledBack", Form.READY, "an older revision is restored, and content that was rolled back from is held"),
    /** A rollback: the revision is restored, and is in force. */
    RESTORED("Restored", Form.READY, "of a rollback: the revision is restored and in force"),
    /** A rollback: new content came, so it is over. */
    ENDED("Ended", Form.READY, "of a rollback: new content or a later rollback came, so it is over"),

    /** No commit was seen yet. */
    STARTING("Starting", Form.RECONCILING, "no commit was seen yet"),
    /** A commit is being rendered, planned or applied. */
    APPLYING("Applying", Form.RECONCILING, "a commit is being rendered, planned or applied"),
    /** Applied objects are on their way to health. */
    WAITING_FOR_HEALTH("WaitingForHealth", Form.RECONCILING, "applied objects are on their way to health"),
    /** A sync in dependsOn is not ready yet. */
    WAITING_FOR_DEPENDENCIES("WaitingForDependencies", Form.RECONCILING, "a sync in dependsOn is not ready yet"),
    /** The sync is deleted, and its objects go first. */
    DELETING("Deleting", Form.RECONCILING, "the sync is deleted, and its objects go first"),
    /** The repository does not answer; it is tried again. */
    SOURCE_UNAVAILABLE("SourceUnavailable", Form.RECONCILING, "the repository does not answer; it is tried again"),
    /** The store does not answer or does not take records, so nothing is applied; it is tried again. */
    STORE_UNAVAILABLE(
            "StoreUnavailable",
            Form.RECONCILING,
            "the store does not answer or takes no records, so nothing is applied; it is tried again"),
    /** The API server does not answer; it is tried again. */
    CLUSTER_UNAVAILABLE("ClusterUnavailable", Form.RECONCILING, "the API server does not answer; it is tried again"),

    /** A freeze window is open, and a newer commit waits for its end. */
    FROZEN("Frozen", Form.WAITING, "a freeze window is open, and a newer commit waits for its end"),
    /** spec.suspend is true. */
    SUSPENDED("Suspended", Form.WAITING, "spec.suspend is true"),

    /** The spec cannot be followed; the message names each field. */
    INVALID_SPEC("InvalidSpec", Form.STALLED, "the spec cannot be followed; the message names each field"),
    /** The spec asks for what the operator of the controller does not allow. */
    NOT_ALLOWED(
            "NotAllowed",
            Form.STALLED,
            "the spec asks for what the operator of the controller does not allow, such as no serviceAccountName, a"
                    + " local path, or a reference to another namespace"),
    /** The service account may not do what the plan needs, or is missing. */
    FORBIDDEN("Forbidden", Form.STALLED, "the service account is missing, or may not do what the plan needs"),
    /** The repository, the branch or the tag is not there, the credentials are missing or refused, or a signature is. */
    SOURCE_REFUSED(
            "SourceRefused",
            Form.STALLED,
            "the repository, branch, tag or commit is not there, its host is not trusted, the credentials are missing or"
                    + " refused, or the commit lacks the signature that spec.source.verify asks for"),
    /** The newest commit does not render, breaks a rule or is denied by a policy; nothing was changed. */
    BROKEN_COMMIT(
            "BrokenCommit",
            Form.STALLED,
            "the newest commit does not render, breaks a rule or is denied by a policy; nothing was changed"),
    /** An object belongs to somebody else. */
    CONFLICT("Conflict", Form.STALLED, "an object belongs to another sync or another manager; the message names both"),
    /** The plan deletes more than the budget; the status holds the digest to confirm. */
    CONFIRMATION_NEEDED(
            "ConfirmationNeeded",
            Form.STALLED,
            "the plan deletes more than the deletion budget; status.confirmation holds the digest to confirm"),
    /** The newest commit holds content that was rolled back from. */
    QUARANTINED("Quarantined", Form.STALLED, "the newest commit holds content that was rolled back from"),
    /** The API server refused an object of the newest commit. */
    APPLY_FAILED("ApplyFailed", Form.STALLED, "the API server refused an object of the newest commit"),
    /** Applied objects failed, or were not healthy in time. */
    HEALTH_FAILED(
            "HealthFailed", Form.STALLED, "applied objects failed, or were not healthy within spec.health.timeout"),
    /** Syncs depend on each other in a circle. */
    DEPENDENCY_CYCLE("DependencyCycle", Form.STALLED, "syncs depend on each other in a circle"),
    /** A rollback: there is no such sync. */
    SYNC_NOT_FOUND("SyncNotFound", Form.STALLED, "of a rollback: there is no such sync in its namespace"),
    /** A rollback: the history holds no such revision. */
    REVISION_NOT_FOUND(
            "RevisionNotFound", Form.STALLED, "of a rollback: the history of the sync holds no such revision");

    /** What the conditions say together, as kstatus reads them. */
    public enum Form {
        /** Ready. */
        READY("True", "False", "False"),
        /** On its way, or trying again by itself. */
        RECONCILING("False", "True", "False"),
        /** Nothing is done until a time or a person says so. */
        WAITING("False", "False", "False"),
        /** A person must act. */
        STALLED("False", "False", "True");

        private final String ready;
        private final String reconciling;
        private final String stalled;

        Form(String ready, String reconciling, String stalled) {
            this.ready = ready;
            this.reconciling = reconciling;
            this.stalled = stalled;
        }

        /** The status of a condition, {@code True} or {@code False}. */
        String status(Conditions.Type type) {
            return switch (type) {
                case READY -> ready;
                case RECONCILING -> reconciling;
                case STALLED -> stalled;
            };
        }
    }

    private final String word;
    private final Form form;
    private final String description;

    Reason(String word, Form form, String description) {
        this.word = word;
        this.form = form;
        this.description = description;
    }

    /**
     * The one of a word; empty for a word that this program does not know.
     *
     * @param word as {@link #toString} spells it
     */
    public static Optional<Reason> of(String word) {
        return Arrays.stream(values())
                .filter(reason -> reason.word.equals(word))
                .findFirst();
    }

    /** What the conditions say together. */
    public Form form() {
        return form;
    }

    /** What it means, for the documentation. */
    public String description() {
        return description;
    }

    /** The word in {@code reason}. */
    @Override
    public String toString() {
        return word;
    }
}
