package dev.plumbline.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.blame.RandomHistory;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapRepository;
import dev.plumbline.registry.source.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderedReleasesTest {

    private static final Map<String, String> FILES = Map.of(
            "overlay/kustomization.yaml", "resources: [a.yaml]\n",
            "overlay/a.yaml",
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: ml}\ndata: {v: \"1\"}\n");

    private static final String POLICY = """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: no-config-maps}
        spec:
          matchConstraints:
            resourceRules:
            - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}
          validations: [{expression: "false", message: config maps are not wanted}]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: no-config-maps}
        spec: {policyName: no-config-maps, validationActions: [Deny]}
        """;

    private final MapRepository repository = new MapRepository();

    @Test
    void aCommitThatTouchesNothingOfAReleaseIsKnownWithoutRendering() throws Exception {
        CommitId first = repository.commit("first", FILES);
        CommitId second = repository.commit("second", with("README.md", "text"), first);
        RenderedReleases releases = releases(repository);
        Candidate made = releases.at(first);

        Candidate known = releases.known(second).orElseThrow();
        assertSame(made.release(), known.release());
        assertEquals(second, known.commit().id());
        assertEquals(made.made(), known.made());
    }

    @Test
    void whatMayMeanSomethingElseIsNotKnown() throws Exception {
        CommitId first = repository.commit("first", FILES);
        CommitId touched = repository.commit("touched", with("overlay/a.yaml", "kind: [\n"), first);
        CommitId denied = repository.commit("denied", with("policies/p/policy.yaml", POLICY), first);
        CommitId orphan = repository.commit("orphan", FILES);
        RenderedReleases releases = releases(repository);
        assertEquals(Optional.empty(), releases.known(first));
        assertTrue(releases.at(first).release().valid());
        for (CommitId commit : new CommitId[] {touched, denied, orphan}) {
            assertEquals(Optional.empty(), releases.known(commit), commit.toString());
        }
        assertTrue(!releases.at(denied).release().valid(), "the policy is asked");
    }

    /** Whether a commit is known or rendered, the answer is what a program gives that starts there. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void overRandomHistoriesAnswersAreThoseOfAFreshStart(long seed) throws Exception {
        RandomHistory history = new RandomHistory(seed, 25);
        RenderedReleases kept = releases(history.repository);
        int known = 0;
        for (CommitId commit : history.mainline) {
            known += kept.known(commit).isPresent() ? 1 : 0;
            Candidate candidate = kept.at(commit);
            Candidate fresh = releases(history.repository).at(commit);
            assertEquals(fresh.release().findings(), candidate.release().findings());
            assertEquals(fresh.release().digest(), candidate.release().digest());
            assertEquals(fresh.blame(), candidate.blame());
        }
        assertTrue(known > 0, "some commits touch nothing");
    }

    private static RenderedReleases releases(Repository repository) {
        Renderer renderer = new Renderer();
        return new RenderedReleases(repository, renderer, "overlay", new Timelines(repository, renderer));
    }

    private static Map<String, String> with(String path, String text) {
        Map<String, String> files = new LinkedHashMap<>(FILES);
        files.put(path, text);
        return files;
    }
}
