package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.diff.IgnoreRule;
import dev.plumbline.controller.diff.IgnoreRules;
import dev.plumbline.controller.health.HealthRule;
import dev.plumbline.controller.health.HealthRules;
import dev.plumbline.controller.health.RuleFile;
import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.reconcile.SyncRules;
import dev.plumbline.controller.spec.PipelineSyncSpec;
import dev.plumbline.registry.cel.ExpressionException;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a sync acts, as its spec says.
 *
 * @param rules of its corridor
 * @param health of what it applies
 */
record SyncBehaviour(SyncRules rules, HealthRules health) {

    /**
     * Reads a spec.
     *
     * @throws ExpressionException when a health rule is no expression
     */
    static SyncBehaviour of(PipelineSyncSpec spec) throws ExpressionException {
        List<IgnoreRule> ignored = new ArrayList<>();
        for (dev.plumbline.controller.spec.IgnoreRule rule : spec.ignore()) {
            rule.fields()
                    .forEach(field ->
                            ignored.add(new IgnoreRule(rule.group(), rule.kind(), field, Set.of(), rule.reason())));
        }
        Map<String, HealthRule> kinds = new HashMap<>();
        for (dev.plumbline.controller.spec.HealthRule rule : spec.health().rules()) {
            kinds.put(
                    HealthRules.kind(ObjectKey.groupOf(rule.apiVersion()), rule.kind()),
                    RuleFile.rule(rule.current(), rule.inProgress(), rule.failed()));
        }
        PlanRules plan = new PlanRules(
                PlanRules.Adoption.IF_UNMANAGED,
                spec.drift() == PipelineSyncSpec.Drift.REPAIR
                        ? PlanRules.DriftPolicy.REPAIR
                        : PlanRules.DriftPolicy.REPORT,
                IgnoreRules.STANDARD.with(ignored));
        return new SyncBehaviour(
                new SyncRules(spec.mode(), spec.prune(), plan, spec.onFailure()), HealthRules.STANDARD.with(kinds));
    }
}
