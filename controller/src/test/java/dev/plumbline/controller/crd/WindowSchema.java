package dev.plumbline.controller.crd;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.ZonedDateTime;

/** A freeze window: once, or again and again. */
@ValidationRule(
        value = "has(self.schedule) ? has(self.duration) && !has(self.start) && !has(self.end)"
                + " : has(self.start) && has(self.end) && !has(self.duration)",
        message = "must have a schedule and a duration, or a start and an end")
@ValidationRule(
        value = "!has(self.start) || !has(self.end) || self.start < self.end",
        message = "must end later than it starts")
final class WindowSchema {

    @Size(min = 1, max = 100)
    @ValidationRule(
            value = "self.matches('^[^ @=]+( +[^ @=]+){4}$')",
            message = "must be five fields of cron, such as '0 16 * * fri'")
    @JsonPropertyDescription("When it begins, in five fields of cron.")
    public String schedule;

    @Size(max = 32)
    @ValidationRule(
            value = PipelineSyncSchema.DURATION
                    + " && duration(self) >= duration('1m') && duration(self) <= duration('744h')",
            message = "must be a duration from 1m to 744h, such as 62h")
    @JsonPropertyDescription("How long it lasts after each start.")
    public String duration;

    @Default("UTC")
    @Size(min = 1, max = 64)
    @JsonPropertyDescription("Time zone of the schedule, such as Europe/Berlin.")
    public String timezone;

    @JsonPropertyDescription("When it begins, once.")
    public ZonedDateTime start;

    @JsonPropertyDescription("When it is over, once.")
    public ZonedDateTime end;

    @Required
    @Size(min = 1, max = 1024)
    @JsonPropertyDescription("Why, for the people who wait.")
    public String reason;
}
