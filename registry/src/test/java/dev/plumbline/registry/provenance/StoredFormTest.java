package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.plumbline.registry.manifest.CanonicalForm;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One example per rule of the form in which content from Git and what Argo stored are compared. */
class StoredFormTest {

    @Test
    void zeroValuesThatGoCannotTellFromAbsentAreNothing() {
        assertEquals(form("{\"name\": \"t\", \"container\": {\"image\": \"i\"}}"), form("""
                        {"name": "t", "inputs": {}, "outputs": {"parameters": []}, "metadata": {"labels": {}}, "podSpecPatch": "",
                         "container": {"name": "", "image": "i", "resources": {}, "tty": false, "env": null}}"""));
    }

    @Test
    void zeroValuesOfPointersSayWhatTheySay() {
        assertNotEquals(form("{\"name\": \"t\", \"suspend\": {}}"), form("{\"name\": \"t\"}"));
        assertNotEquals(form("{\"daemon\": false}"), form("{}"));
        assertNotEquals(
                form("{\"outputs\": {\"artifacts\": [{\"name\": \"a\", \"archive\": {\"none\": {}}}]}}"),
                form("{\"outputs\": {\"artifacts\": [{\"name\": \"a\"}]}}"));
        assertNotEquals(
                form("{\"inputs\": {\"parameters\": [{\"name\": \"p\", \"value\": \"\"}]}}"),
                form("{\"inputs\": {\"parameters\": [{\"name\": \"p\"}]}}"));
    }

    @Test
    void valuesOfParametersAreText() {
        assertEquals(
                "[{\"name\":\"a\",\"value\":\"5\"},{\"name\":\"b\",\"value\":\"0.5\"},{\"name\":\"c\",\"value\":\"true\"},"
                        + "{\"name\":\"d\",\"value\":\"1000000000000000000000\"}]",
                CanonicalForm.text(
                        StoredForm.template(SampleRepository.tree("""
                                        {"inputs": {"parameters": [{"name": "a", "value": 5}, {"name": "b", "value": 0.5},
                                          {"name": "c", "value": true}, {"name": "d", "value": 1e21}]}}"""))
                                                .content()
                                                .get("inputs")
                                        instanceof java.util.Map<?, ?> inputs
                                ? inputs.get("parameters")
                                : null));
    }

    @Test
    void amountsAreExactNumbers() {
        assertEquals(
                form(
                        "{\"container\": {\"resources\": {\"limits\": {\"cpu\": 0.5, \"memory\": \"1024Mi\", \"x\": \"1e3\"}}}}"),
                form(
                        "{\"container\": {\"resources\": {\"limits\": {\"cpu\": \"500m\", \"memory\": \"1Gi\", \"x\": \"1k\"}}}}"));
        assertNotEquals(
                form("{\"container\": {\"resources\": {\"limits\": {\"memory\": \"1G\"}}}}"),
                form("{\"container\": {\"resources\": {\"limits\": {\"memory\": \"1Gi\"}}}}"));
    }

    @Test
    void stampsAreLeftOutAndNothingElseIs() {
        assertEquals(
                form("{\"name\": \"t\"}"),
                form(
                        "{\"name\": \"t\", \"metadata\": {\"annotations\": {\"plumbline.dev/template-commit\": \"c0ffee\"}}}"));
        assertNotEquals(
                form("{\"name\": \"t\"}"),
                form("{\"name\": \"t\", \"metadata\": {\"annotations\": {\"plumbline.development/x\": \"y\"}}}"));
        assertNotEquals(
                form("{\"container\": {\"env\": [{\"name\": \"plumbline.dev/a\", \"value\": \"1\"}]}}"),
                form("{\"container\": {\"env\": []}}"));
    }

    @Test
    void fieldsThatArgoDoesNotHaveAreLeftOutAndNamed() {
        StoredForm.Formed formed = StoredForm.template(
                SampleRepository.tree("{\"name\": \"t\", \"container\": {\"image\": \"i\", \"sandbox\": \"none\"}}"));
        assertEquals(Set.of("container.sandbox"), formed.unknownFields());
        assertEquals(
                form("{\"name\": \"t\", \"container\": {\"image\": \"i\"}}"), CanonicalForm.text(formed.content()));
    }

    private static String form(String json) {
        return CanonicalForm.text(
                StoredForm.template(SampleRepository.tree(json)).content());
    }
}
