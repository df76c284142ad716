package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** {@code status} of a {@code PipelineSync}. */
final class PipelineSyncStatusSchema {

    @JsonPropertyDescription("The generation of the spec that this is about.")
    public long observedGeneration;

    @JsonPropertyDescription("Where it stands and why.")
    public List<ConditionSchema> conditions;

    @JsonPropertyDescription("What happens next, in words.")
    public String next;

    @JsonPropertyDescription("The newest commit that was seen.")
    public String observedCommit;

    @JsonPropertyDescription("The revision in force.")
    public RevisionSchema appliedRevision;

    @Size(max = 10)
    @JsonPropertyDescription("The last applied revisions, newest first; the store keeps all.")
    public List<RevisionSchema> history;

    @JsonPropertyDescription("How many objects the sync owns.")
    public long inventorySize;

    @JsonPropertyDescription(
            "The digest of deletions that wait: the value for the annotation plumbline.dev/confirm-deletions.")
    public String confirmation;

    @JsonPropertyDescription("The value of the annotation plumbline.dev/sync-requested that was followed last.")
    public String handledRequest;
}
