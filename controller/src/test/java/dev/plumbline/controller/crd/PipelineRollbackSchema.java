package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** {@code spec} of a {@code PipelineRollback}. */
@ValidationRule(value = "self == oldSelf", message = "never changes; delete it and create another")
final class PipelineRollbackSchema {

    enum Until {
        NewContent,
        Removed
    }

    @Required
    @Size(min = 1, max = 253)
    @JsonPropertyDescription("The PipelineSync, in this namespace.")
    public String sync;

    @Min(1)
    @JsonPropertyDescription("Number of the revision to restore; the one before the revision in force without it.")
    public Long to;

    @Required
    @Size(min = 1, max = 1024)
    @JsonPropertyDescription("Why; stays in history.")
    public String reason;

    @Required
    @Size(min = 1, max = 1024)
    @JsonPropertyDescription(
            "Who asks: your name as the API server knows it (kubectl auth whoami). An admission policy checks it.")
    public String actor;

    @Default("NewContent")
    @JsonPropertyDescription(
            "When it ends: NewContent when a commit comes without the content that was rolled back from, Removed when"
                    + " this object is deleted.")
    public Until until;
}
