package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.evidence.SecretParameters;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.release.Stamps;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run would need to run again as it was recorded: the Workflow that does it, without secret parameters, and why it cannot be
 * done. Reads only; who asked starts the Workflow with own rights.
 */
public final class RerunAnswers {

    private static final String CONFIG_MAP = "configmap/";
    private static final String NAMESPACED = "namespaced/";
    private static final int MAX_GENERATED = 50;

    private final AskedSync asked;
    private final @Nullable SecretParameters secrecy;

    /**
     * Answers about this sync.
     *
     * @param secrecy how the records of its runs keep secrets out; null where values that are given are compared with the record
     *     only when they were used
     */
    public RerunAnswers(AskedSync asked, @Nullable SecretParameters secrecy) {
        this.asked = asked;
        this.secrecy = secrecy;
    }

    /**
     * The rerun of the {@code subject}, a model or a run: {@code workflow}, {@code secrets} (parameters whose values must be given,
     * each with the salted digest that the record holds), {@code images} (compared afterwards), {@code inputs} (what it was
     * given, and whether that is as it was) and {@code refused} (why not).
     *
     * @throws ApiException when it is not known
     * @throws StoreException when the store cannot be read
     * @throws ClusterException when the cluster cannot be asked
     */
    public Map<String, @Nullable Object> plan(ApiRequest request)
            throws ApiException, StoreException, ClusterException {
        RunRecord record = recorded(request.part("subject"));
        List<String> refused = new ArrayList<>();
        verdict(record, refused);
        Optional<ReleaseRecord> release = release(record);
        String version = template(record, release, refused);
        others(record, refused);
        files(record, refused);
        List<@Nullable Object> inputs = new RerunInputs(asked.artifacts()).ask(record, refused);
        Map<String, String> secrets = new TreeMap<>(record.parameters());
        secrets.values().removeIf(value -> !value.contains(SecretParameters.MARK));
        Map<String, String> plain = plain(record, secrets);
        given(record, Tree.map(request.body(), "parameters"), refused);
        Map<String, @Nullable Object> workflow =
                WorkflowTrees.of(prefix(record, release), record.namespace(), version, plain);
        CommitId commit = record.judgement().commit();
        return map(
                "kind",
                "rerun",
                "run",
                record.name(),
                "uid",
                record.id().uid(),
                "namespace",
                record.namespace(),
                "verdict",
                record.judgement().verdict().name(),
                "commit",
                commit == null ? null : commit.hex(),
                "workflow",
                workflow,
                "secrets",
                secrets,
                "images",
                images(record),
                "inputs",
                inputs,
                "refused",
                refused);
    }

    private static Map<String, String> plain(RunRecord record, Map<String, String> secrets) {
        Map<String, String> plain = new TreeMap<>(record.parameters());
        plain.keySet().removeAll(secrets.keySet());
        return plain;
    }

    private RunRecord recorded(String subject) throws ApiException, StoreException {
        RunQueries queries = asked.runs();
        Optional<RunRecord> found = queries == null ? Optional.empty() : queries.record(subject);
        return found.orElseThrow(() -> ApiException.notFound("no run is recorded that is, or made, " + subject
                + "; `plumbline models` and `plumbline runs` list what is"));
    }

    /** Values that were given must be those that the record stands for. */
    private void given(RunRecord record, Map<String, @Nullable Object> given, List<String> refused) {
        SecretParameters known = secrecy;
        given.forEach((name, value) -> {
            String recorded = record.parameters().get(name);
            if (known != null && (recorded == null || !known.stands(recorded, String.valueOf(value)))) {
                refused.add(
                        "the parameter " + name + " was another when it ran; `plumbline run` runs with other values");
            }
        });
    }

    private static void verdict(RunRecord record, List<String> refused) {
        Verdict verdict = record.judgement().verdict();
        if (verdict == Verdict.DRIFT || verdict == Verdict.OVERRIDDEN) {
            refused.add("its verdict is " + verdict
                    + ": what ran is not what its templates say, so that it cannot be built from them ("
                    + String.join("; ", record.judgement().reasons()) + ")");
        }
        if (record.template().isEmpty()) {
            refused.add(
                    "it carried its own templates, of which a record holds digests only; run the Workflow from its file with"
                            + " `plumbline run -f`");
        }
    }

    /** The Release in force when the run was created, where the history still names it. */
    private Optional<ReleaseRecord> release(RunRecord record) throws StoreException {
        if (record.release() == null) {
            return Optional.empty();
        }
        for (HistoryEntry entry : asked.sync().history().entries().reversed()) {
            Digest stored = entry.record();
            if (stored != null && record.release().digest().equals(entry.release())) {
                return asked.archive().load(stored);
            }
        }
        return Optional.empty();
    }

    /** The version of the template that ran: there, and as it was then. */
    private String template(RunRecord record, Optional<ReleaseRecord> release, List<String> refused)
            throws StoreException, ClusterException {
        ObjectKey ran = ArgoKinds.template(record.namespace(), record.template(), false);
        ObjectKey version = release.map(then -> then.versions().get(ran)).orElse(ran);
        if (record.template().isEmpty()) {
            return version.name();
        }
        Optional<Map<String, @Nullable Object>> live = asked.cluster().get(version);
        Optional<Manifest> then = release.flatMap(held -> held.objects().stream()
                .filter(object -> object.key().equals(version))
                .findFirst());
        if (live.isEmpty()) {
            refused.add("the " + version.display() + " that ran is gone; `plumbline rollback --to "
                    + (record.release() == null ? "REVISION" : record.release().revision())
                    + "` brings back what was in force then");
        } else if (then.isPresent()
                && !Objects.equals(
                        Stamps.unstamp(live.get()).get("spec"),
                        then.get().content().get("spec"))) {
            refused.add("the " + version.display() + " is not what it was when it ran: it was changed since");
        }
        return version.name();
    }

    /** Templates of other objects that ran. */
    private void others(RunRecord record, List<String> refused) throws ClusterException {
        Set<String> names = new LinkedHashSet<>();
        for (PartEvidence part : record.judgement().parts()) {
            String[] words = part.reference().split("/", -1);
            if (part.reference().startsWith(NAMESPACED) && words.length > 2 && !words[1].equals(record.template())) {
                names.add(words[1]);
            }
        }
        for (String name : names) {
            ObjectKey key = ArgoKinds.template(record.namespace(), name, false);
            if (asked.cluster().get(key).isEmpty()) {
                refused.add("the " + key.display() + " that a step ran is gone");
            }
        }
    }

    /** Step code: there, byte for byte. */
    private void files(RunRecord record, List<String> refused) throws ClusterException {
        for (PartEvidence part : record.judgement().parts()) {
            if (!part.reference().startsWith(CONFIG_MAP)) {
                continue;
            }
            ObjectKey key = new ObjectKey(
                    "", "ConfigMap", record.namespace(), part.reference().substring(CONFIG_MAP.length()));
            Optional<Map<String, @Nullable Object>> live = asked.cluster().get(key);
            if (live.isEmpty()) {
                refused.add("the " + key.display() + " with the code that ran is gone");
                continue;
            }
            for (PartEvidence.FileEvidence file : part.files()) {
                String text = Tree.string(live.get(), "data", file.name());
                if (text == null || !Digest.of(text).equals(file.digest())) {
                    refused.add("the file " + file.name() + " of the " + key.display() + " is not the one that ran");
                }
            }
        }
    }

    private static String prefix(RunRecord record, Optional<ReleaseRecord> release) {
        String plain = release.flatMap(then -> then.versions().entrySet().stream()
                        .filter(entry -> entry.getValue().name().equals(record.template()))
                        .map(entry -> entry.getKey().name())
                        .findFirst())
                .orElse(record.template());
        return plain.substring(0, Math.min(plain.length(), MAX_GENERATED));
    }

    private static Map<String, @Nullable Object> images(RunRecord record) {
        Map<String, @Nullable Object> images = new LinkedHashMap<>();
        for (NodeOutcome node : record.nodes()) {
            node.images().forEach((container, image) -> images.put(node.name() + " " + container, image));
        }
        return images;
    }
}
