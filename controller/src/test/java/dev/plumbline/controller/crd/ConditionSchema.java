package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.plumbline.controller.spec.Conditions;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.ZonedDateTime;

/** One condition, in the form of {@code metav1.Condition}. */
final class ConditionSchema {

    enum Status {
        True,
        False,
        Unknown
    }

    @Required
    @Size(min = 1, max = 316)
    @JsonPropertyDescription("Ready, Reconciling or Stalled.")
    public String type;

    @Required
    @JsonPropertyDescription("Whether it holds.")
    public Status status;

    @Required
    @Size(min = 1, max = 1024)
    @JsonPropertyDescription("Why, in one word.")
    public String reason;

    @Required
    @Size(max = Conditions.MAX_MESSAGE)
    @JsonPropertyDescription("Why, in words.")
    public String message;

    @Required
    @JsonPropertyDescription("Since when it has this status.")
    public ZonedDateTime lastTransitionTime;

    @JsonPropertyDescription("The generation of the spec that it is about.")
    public long observedGeneration;
}
