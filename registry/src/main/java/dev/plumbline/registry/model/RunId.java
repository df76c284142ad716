package dev.plumbline.registry.model;

/**
 * One execution of a Workflow: {@code argo retry} reuses the object and its uid, so the attempt is part of the identity.
 *
 * @param cluster cluster id
 * @param uid uid of the Workflow object
 * @param attempt the Workflow's {@code status.startedAt}, RFC 3339
 */
public record RunId(String cluster, String uid, String attempt) implements Comparable<RunId> {

    @Override
    public int compareTo(RunId other) {
        return toString().compareTo(other.toString());
    }

    /** {@code cluster/uid/attempt}. */
    @Override
    public String toString() {
        return cluster + "/" + uid + "/" + attempt;
    }
}
