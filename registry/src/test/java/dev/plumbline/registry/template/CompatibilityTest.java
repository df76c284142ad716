package dev.plumbline.registry.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.validate.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

    private static final String TRAIN = """
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: train}
            spec:
              entrypoint: main
              serviceAccountName: trainer
              arguments:
                parameters:
                - name: model-name
                - {name: seed, value: '42'}
                - {name: mode, value: fast, enum: [fast, exact]}
              templates:
              - name: main
                dag: {tasks: [{name: fit, template: fit}]}
              - name: fit
                inputs:
                  parameters: [{name: rows}]
                  artifacts: [{name: data, path: /data}]
                container: {image: 'python:3.13', command: [python], args: ['--rows={{inputs.parameters.rows}}']}
                outputs:
                  parameters: [{name: uri, globalName: model-uri, valueFrom: {path: /uri}}]
            """;

    private static final String USERS = """
            apiVersion: argoproj.io/v1alpha1
            kind: CronWorkflow
            metadata: {name: nightly}
            spec:
              schedules: ['0 3 * * *']
              workflowSpec:
                workflowTemplateRef: {name: train}
                arguments:
                  parameters: [{name: model-name, value: churn}, {name: mode, value: exact}]
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Sensor
            metadata: {name: on-data}
            spec:
              triggers:
              - template:
                  name: train
                  argoWorkflow:
                    operation: submit
                    source:
                      resource:
                        apiVersion: argoproj.io/v1alpha1
                        kind: Workflow
                        metadata: {generateName: train-}
                        spec:
                          workflowTemplateRef: {name: train}
                          arguments: {parameters: [{name: model-name, value: churn}, {name: seed, value: '7'}]}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: WorkflowTemplate
            metadata: {name: both}
            spec:
              entrypoint: main
              templates:
              - name: main
                dag:
                  tasks:
                  - name: first
                    templateRef: {name: train, template: fit}
                    arguments:
                      parameters: [{name: rows, value: '10'}]
                      artifacts: [{name: data, raw: {data: x}}]
                  - name: second
                    depends: first
                    template: show
                    arguments: {parameters: [{name: uri, value: '{{tasks.first.outputs.parameters.uri}}'}]}
              - name: show
                inputs: {parameters: [{name: uri}]}
                container: {image: 'python:3.13', command: [echo, '{{inputs.parameters.uri}}']}
            """;

    private static List<Manifest> objects(String template) {
        return Examples.objects(template + "---\n" + USERS);
    }

    private static String edited(String from, String to) {
        assertEquals(true, TRAIN.contains(from), from);
        return TRAIN.replace(from, to);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            - name: model-name                 | - {name: model-name, value: churn} | MINOR | arguments.parameters.model-name: the parameter model-name need not be given any more
            - {name: seed, value: '42'}        | - {name: seed}                     | MAJOR | arguments.parameters.seed: the parameter seed must be given now
            - {name: seed, value: '42'}        | - {name: seed, value: '43'}        | MINOR | arguments.parameters.seed: the default of seed changes from '42' to '43'
            - {name: seed, value: '42'}        | - {name: sead, value: '42'}        | MAJOR | arguments.parameters.sead: the parameter sead is new; arguments.parameters.seed: the parameter seed is gone
            enum: [fast, exact]                | enum: [fast]                       | MAJOR | arguments.parameters.mode: mode may not be exact any more
            enum: [fast, exact]                | enum: [fast, exact, slow]          | MINOR | arguments.parameters.mode: mode may also be slow now
            , enum: [fast, exact]              | , description: Speed               | MINOR | arguments.parameters.mode: mode may have any value now; arguments.parameters.mode: the description of mode changes
            entrypoint: main                   | entrypoint: fit                    | MINOR | entrypoint: the entrypoint is fit instead of main
            serviceAccountName: trainer        | serviceAccountName: root           | MINOR | serviceAccountName: it runs as root instead of trainer, with that account's rights
            [{name: rows}]                     | [{name: rows}, {name: columns}]    | MAJOR | templates.fit.inputs.parameters.columns: the required parameter columns is new
            path: /data}                       | path: /data, optional: true}       | MINOR | templates.fit.inputs.artifacts.data: the artifact data need not be given any more
            globalName: model-uri              | globalName: uri                    | MAJOR | outputs.parameters.model-uri: the output parameter model-uri is gone; outputs.parameters.uri: the output parameter uri is new
            'python:3.13'                      | 'python:3.14'                      | PATCH | ''
            """)
    void saysWhichBumpAChangeNeeds(String from, String to, Bump bump, String message) {
        List<TemplateChanges> changes = Compatibility.compare(objects(TRAIN), objects(edited(from, to)));

        assertEquals(1, changes.size());
        assertEquals(bump, changes.getFirst().bump());
        assertEquals(
                message,
                String.join(
                        "; ",
                        changes.getFirst().changes().stream()
                                .map(change -> change.place() + ": " + change.message())
                                .toList()));
    }

    @Test
    void newAndRemovedTemplatesCountAsAWhole() {
        assertEquals(List.of(Bump.MINOR), bumps(Compatibility.compare(Examples.objects(USERS), objects(TRAIN))));
        assertEquals(List.of(Bump.MAJOR), bumps(Compatibility.compare(objects(TRAIN), Examples.objects(USERS))));
        assertEquals(List.of(), Compatibility.compare(objects(TRAIN), objects(TRAIN)));
    }

    private static List<Bump> bumps(List<TemplateChanges> changes) {
        return changes.stream().map(TemplateChanges::bump).toList();
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            - name: model-name          | - {name: model-name, value: churn}         | ''
            - {name: seed, value: '42'} | - {name: sead, value: '42'}                | on-data@26: it gives the parameter seed, which train does not take
            enum: [fast, exact]         | enum: [fast]                               | nightly@7: it gives mode the value 'exact', and train takes only fast
            [{name: rows}]              | [{name: rows}, {name: columns}]            | both@39: it does not give the parameter columns, which train/fit requires
            {name: uri, globalName      | {name: url, globalName                     | both@39: it reads the output parameter uri, which train/fit does not give
            - name: fit                 | - name: fits                               | both@39: it calls the template fit of train, which is gone
            metadata: {name: train}     | metadata: {name: training}                 | nightly@7: it uses train, which is gone; on-data@26: it uses train, which is gone; both@39: it uses train, which is gone
            """)
    void namesWhomAChangeBreaks(String from, String to, String expected) {
        int lines = (int) TRAIN.lines().count() + 1;
        List<BrokenConsumer> broken = Consumers.broken(objects(TRAIN), objects(edited(from, to)));

        assertEquals(
                expected,
                String.join(
                        "; ",
                        broken.stream()
                                .map(each -> each.consumer().name() + "@"
                                        + (each.location().line() - lines) + ": " + each.message())
                                .toList()));
    }

    @Test
    void whatWasWrongBeforeIsNotCountedAsBroken() {
        String wrong = edited("[{name: rows}]", "[{name: rows}, {name: columns}]");
        assertEquals(
                List.of(), Consumers.broken(objects(wrong), objects(wrong.replace("'python:3.13'", "'python:3.14'"))));
    }
}
