package dev.plumbline.registry.policy;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a policy is in force, with which parameters and to what effect.
 *
 * @param manifest as written
 * @param policy the policy's name
 * @param resources narrows what the policy is about
 * @param paramRef names parameters; empty where there are none
 * @param actions what follows when the policy is broken
 */
record Binding(
        Manifest manifest,
        String policy,
        MatchResources resources,
        Map<String, @Nullable Object> paramRef,
        List<Decision.Action> actions) {

    static Binding of(Manifest manifest) {
        Map<String, @Nullable Object> spec = Tree.map(manifest.content(), "spec");
        List<Decision.Action> actions = Tree.list(spec, "validationActions").stream()
                .map(action -> Decision.Action.valueOf(String.valueOf(action).toUpperCase(Locale.ROOT)))
                .toList();
        return new Binding(
                manifest,
                Tree.text(spec, "policyName"),
                new MatchResources(Tree.map(spec, "matchResources")),
                Tree.map(spec, "paramRef"),
                actions);
    }

    String name() {
        return manifest.key().name();
    }
}
