package dev.plumbline.registry.validate;

import java.util.List;

/** The list of all rules. */
public final class Rules {

    private Rules() {}

    /** The rules that every rendering is checked by, in the order in which their findings are shown. */
    public static List<Rule> standard() {
        return List.of(
                new ObjectIdentityRule(),
                new GenerateNameRule(),
                new DuplicateObjectRule(),
                new ObjectNameRule(),
                new LabelRule(),
                new ReservedMetadataRule(),
                new ObjectSizeRule(),
                new UnknownFieldRule(),
                new TemplateTypeRule(),
                new ArgoNameRule(),
                new DuplicateNameRule(),
                new EntrypointRule(),
                new DanglingReferenceRule(),
                new UnknownTemplateRule(),
                new CallTargetRule(),
                new DagDependencyRule(),
                new DagCycleRule(),
                new MissingArgumentRule(),
                new UnknownArgumentRule(),
                new UnknownVariableRule(),
                new UnknownVolumeRule(),
                new UnquotedValueRule(),
                new CronRule(),
                new RunnerRule());
    }
}
