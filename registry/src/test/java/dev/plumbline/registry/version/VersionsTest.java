package dev.plumbline.registry.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.validate.Examples;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionsTest {

    private static final String CHILD = template("child", "container: {image: 'python:3.13', command: [python]}");
    private static final String PARENT = template("parent", calls("child"));

    @Test
    void addsAnImmutableObjectBesideThePlainName() {
        Versioned versioned = version(CHILD);
        assertEquals(2, versioned.objects().size());
        Manifest version = versioned.objects().getFirst();
        Manifest alias = versioned.objects().getLast();
        assertEquals("child", alias.key().name());
        assertEquals(
                "child-" + alias.digest().hex().substring(0, 8), version.key().name());
        assertEquals("child", Tree.text(version.content(), "metadata", "labels", Versions.LABEL));
        assertEquals(alias.digest().value(), Tree.text(version.content(), "metadata", "annotations", Versions.DIGEST));
        assertTrue(Versions.isVersion(version.content()));
        assertFalse(Versions.isVersion(alias.content()));
        assertEquals(Map.of(alias.key(), version.key()), versioned.versions());
        assertEquals(Map.of(version.key(), alias.key()), versioned.plain());
    }

    @Test
    void makesAnewOnlyWhatIsAnotherObjectOrRefersToAnotherVersion() {
        VersionMemory memory = new VersionMemory();
        Manifest parent = objects(PARENT).getFirst();
        Manifest child = objects(CHILD).getFirst();
        Manifest other = objects(template("other", "suspend: {}")).getFirst();
        List<Manifest> first =
                Versions.version(List.of(parent, child, other), memory).objects();
        List<Manifest> again =
                Versions.version(List.of(parent, child, other), memory).objects();
        for (int i = 0; i < first.size(); i++) {
            assertSame(first.get(i), again.get(i));
        }

        Manifest changed = objects(CHILD.replace("3.13", "3.14")).getFirst();
        List<Manifest> objects = List.of(parent, changed, other);
        List<Manifest> next = Versions.version(objects, memory).objects();
        assertEquals(Versions.version(objects).objects(), next, "the same as without a memory");
        assertNotEquals(first.get(0), next.get(0), "the parent refers to the child's new version");
        assertSame(first.get(4), next.get(4));
        assertSame(first.get(5), next.get(5));
    }

    @Test
    void hasAFixedName() {
        assertEquals(List.of("child-4395ad0f", "child"), names(version(CHILD)));
    }

    @Test
    void leadsReferencesInsideTheSetToVersions() {
        Versioned versioned = version(PARENT, CHILD, cron("parent"));
        String child = nameOf(versioned, "child");
        String parent = nameOf(versioned, "parent");
        assertEquals(List.of(parent, "parent", child, "child", "nightly"), names(versioned));
        for (Manifest object : versioned.objects().subList(0, 2)) {
            assertEquals(
                    child,
                    Tree.text(
                            Tree.maps(
                                            Tree.maps(object.content(), "spec", "templates")
                                                    .getFirst(),
                                            "dag",
                                            "tasks")
                                    .getFirst(),
                            "templateRef",
                            "name"));
        }
        assertEquals(
                parent,
                Tree.text(
                        versioned.objects().getLast().content(),
                        "spec",
                        "workflowSpec",
                        "workflowTemplateRef",
                        "name"));
        assertEquals(List.of(), versioned.findings());
    }

    @Test
    void aChangeOfAChildIsANewVersionOfItsParentToo() {
        Versioned before = version(PARENT, CHILD);
        Versioned after = version(PARENT, CHILD.replace("3.13", "3.14"));
        assertNotEquals(nameOf(before, "child"), nameOf(after, "child"));
        assertNotEquals(nameOf(before, "parent"), nameOf(after, "parent"));
    }

    @Test
    void aChangeOfAParentLeavesTheVersionOfItsChildAlone() {
        Versioned before = version(PARENT, CHILD);
        Versioned after = version(PARENT.replace("main", "start"), CHILD);
        assertEquals(nameOf(before, "child"), nameOf(after, "child"));
        assertNotEquals(nameOf(before, "parent"), nameOf(after, "parent"));
    }

    @Test
    void theOrderOfObjectsDoesNotCount() {
        List<Manifest> objects = objects(PARENT, CHILD, cron("parent"));
        assertEquals(
                Versions.version(objects).versions(),
                Versions.version(objects.reversed()).versions());
    }

    @Test
    void anObjectThatNamesNoTemplateStaysTheSame() {
        Manifest config =
                objects("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}").getFirst();
        assertSame(config, Versions.version(List.of(config)).objects().getFirst());
    }

    @Test
    void templatesOfTwoNamespacesKeepToTheirOwn() {
        String dev = PARENT.replace("name: parent", "name: parent, namespace: dev") + "\n---\n"
                + CHILD.replace("name: child", "name: child, namespace: dev");
        Versioned versioned = version(dev, CHILD.replace("3.13", "3.14"));
        ObjectKey inDev = new ObjectKey("argoproj.io", "WorkflowTemplate", "dev", "child");
        String name = versioned.versions().getOrDefault(inDev, inDev).name();
        assertTrue(versioned.objects().getFirst().content().toString().contains("name=" + name + ","));
    }

    @Test
    void reportsACycleAndLeavesTheObjectsAlone() {
        List<Manifest> objects =
                objects(template("a", calls("b")), template("b", calls("c")), template("c", calls("b")));
        Versioned versioned = Versions.version(objects);
        assertEquals(objects, versioned.objects());
        assertEquals(Map.of(), versioned.versions());
        Finding finding = versioned.findings().getFirst();
        assertEquals("version-cycle", finding.rule());
        assertTrue(finding.message().endsWith("in a circle: b -> c -> b"), finding.message());
        assertEquals(1, versioned.findings().size());
    }

    @Test
    void reportsANameWithoutRoomForAHash() {
        assertEquals(
                List.of(),
                version(template("n".repeat(54), calls("child")), CHILD).findings());
        Finding finding = version(template("n".repeat(55), calls("child")), CHILD)
                .findings()
                .getFirst();
        assertEquals("version-name-too-long", finding.rule());
        assertTrue(finding.isError());
    }

    @Test
    void reportsATemplateThatHasTheNameOfAVersion() {
        String taken = nameOf(version(CHILD), "child");
        Versioned versioned = version(CHILD, template(taken, "suspend: {}"));
        assertEquals("version-name-taken", versioned.findings().getFirst().rule());
    }

    @Test
    void reportsReferencesThatKeepThePlainName() {
        Versioned versioned = version(template("a", calls("elsewhere")), template("b", calls("'{{workflow.name}}'")));
        assertEquals(2, versioned.versions().size());
        assertEquals(
                List.of("version-foreign-reference", "version-foreign-reference"),
                versioned.findings().stream().map(Finding::rule).toList());
        assertTrue(versioned.findings().stream().allMatch(finding -> finding.severity() == Severity.ADVICE));
        assertTrue(versioned.objects().getFirst().content().toString().contains("name=elsewhere"));
    }

    @Test
    void aLongChainOfTemplatesIsBounded() {
        List<String> chain = IntStream.range(0, Versions.MAX_CHAIN)
                .mapToObj(i -> template("t" + i, i + 1 == Versions.MAX_CHAIN ? "suspend: {}" : calls("t" + (i + 1))))
                .collect(Collectors.toList());
        assertEquals(List.of(), version(chain.toArray(String[]::new)).findings());
        chain.addFirst(template("one-more", calls("t0")));
        assertEquals(
                "version-chain-too-deep",
                version(chain.toArray(String[]::new)).findings().getFirst().rule());
        Collections.reverse(chain);
        assertEquals(List.of(), version(chain.toArray(String[]::new)).findings());
    }

    private static Versioned version(String... yaml) {
        return Versions.version(objects(yaml));
    }

    private static List<Manifest> objects(String... yaml) {
        return Examples.objects(String.join("\n---\n", yaml));
    }

    private static List<String> names(Versioned versioned) {
        return versioned.objects().stream().map(object -> object.key().name()).toList();
    }

    private static String nameOf(Versioned versioned, String plain) {
        return versioned.versions().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(plain))
                .findFirst()
                .orElseThrow()
                .getValue()
                .name();
    }

    private static String template(String name, String type) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata: {name: %s}
                spec:
                  entrypoint: main
                  templates:
                  - name: main
                    %s""".formatted(name, type);
    }

    private static String calls(String template) {
        return "dag: {tasks: [{name: call, templateRef: {name: %s, template: main}}]}".formatted(template);
    }

    private static String cron(String template) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: CronWorkflow
                metadata: {name: nightly}
                spec:
                  schedules: ['0 2 * * *']
                  workflowSpec: {workflowTemplateRef: {name: %s}}""".formatted(template);
    }
}
