package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.FindModels;
import dev.plumbline.registry.evidence.FoundModel;
import dev.plumbline.registry.evidence.ModelCheck;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The gate over HTTP: lets a model through when its signed evidence is in order and says what is asked for, else refuses. */
final class EvidenceGate {

    private final Stores stores;
    private final KeyFolder keys;

    EvidenceGate(Stores stores, KeyFolder keys) {
        this.stores = stores;
        this.keys = keys;
    }

    /**
     * Checks the evidence about a model: {@code require} names a verdict, {@code allow} executors beside argo.
     *
     * @throws ApiException with all that is wrong when the model is not let through
     */
    @Nullable
    Object check(ApiRequest request) throws ApiException, StoreException {
        String subject = request.part("subject");
        FindModels models = new FindModels(stores);
        List<FoundModel> found = Digest.is(subject) ? models.byDigest(new Digest(subject)) : models.named(subject);
        if (found.isEmpty()) {
            throw ApiException.notFound(
                    "no recorded run made a model " + subject + "; `plumbline models` lists what is");
        }
        List<Check> checks = new ArrayList<>();
        try {
            ModelCheck check = ModelCheck.of(stores, keys.keyring(), found.getFirst());
            checks.addAll(check.checks());
            String required = request.query("require", "");
            if (!required.isEmpty()) {
                checks.add(check.gate(
                        Verdict.valueOf(required.toUpperCase(Locale.ROOT)), executors(request.query("allow", ""))));
            }
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("require is a verdict such as MATCH, allow is local or argo");
        } catch (SignException e) {
            throw new StoreException(String.valueOf(e.getMessage()), true, e);
        }
        if (!Check.verified(checks)) {
            throw ApiException.conflict(checks.stream()
                    .filter(check -> check.state() != Check.State.OK)
                    .map(check -> check.what() + ": " + check.message())
                    .collect(Collectors.joining("; ")));
        }
        return map(
                "subject", found.getFirst().name(),
                "verified", true,
                "checks", checks.stream().map(Check::tree).toList());
    }

    private static Set<Executor> executors(String allowed) {
        Set<Executor> executors = EnumSet.of(Executor.ARGO);
        for (String word : allowed.isEmpty() ? new String[0] : allowed.split(",", -1)) {
            executors.add(Executor.of(word));
        }
        return executors;
    }
}
