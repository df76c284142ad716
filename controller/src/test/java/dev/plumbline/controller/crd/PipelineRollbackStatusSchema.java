package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** {@code status} of a {@code PipelineRollback}. */
final class PipelineRollbackStatusSchema {

    @JsonPropertyDescription("The generation of the spec that this is about.")
    public long observedGeneration;

    @JsonPropertyDescription("Where it stands and why.")
    public List<ConditionSchema> conditions;

    @JsonPropertyDescription("The revision that was restored.")
    public RevisionSchema restored;

    @JsonPropertyDescription("Number of the new revision that holds the restored content.")
    public long revision;
}
