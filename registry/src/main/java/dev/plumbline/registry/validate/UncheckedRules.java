package dev.plumbline.registry.validate;

import java.util.List;

/** The rules for what nobody checks before it runs. */
final class UncheckedRules {

    private UncheckedRules() {}

    static List<Rule> all() {
        return List.of(
                new ExpressionSyntaxRule(),
                new ExpressionNameRule(),
                new WhenSyntaxRule(),
                new DependsSyntaxRule(),
                new HookTemplateRule(),
                new UnknownArgumentRule(),
                new MisspeltVariableRule(),
                new UnorderedReferenceRule(),
                new SkippedOutputRule(),
                new UnusedParameterRule(),
                new WithParamRule(),
                new MissingObjectRule(),
                new ArtifactRepositoryRule(),
                new UnknownVolumeRule(),
                new DuplicateVolumeRule(),
                new MissingCommandRule(),
                new ResourceConditionRule(),
                new WorkflowMetricRule(),
                new DurationRule(),
                new TtlRule(),
                new NearSizeRule(),
                new TemplateCycleRule(),
                new CronNeverRule(),
                new CronDaylightRule(),
                new ScheduledTimeRule(),
                new TemplateLabelRule(),
                new ModelArtifactRule());
    }
}
