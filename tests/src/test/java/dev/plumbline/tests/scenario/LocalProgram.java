package dev.plumbline.tests.scenario;

import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.app.Up;
import dev.plumbline.controller.app.UpOptions;
import dev.plumbline.controller.cli.Main;
import dev.plumbline.controller.status.Notice;
import dev.plumbline.registry.openlineage.LineagePlace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** {@code plumbline up} on this machine. */
final class LocalProgram implements Program {

    private final UpOptions options;
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private @Nullable Up up;

    /** On a repository; it keeps its data below a folder. */
    LocalProgram(Path root, Path repository) {
        this(root, repository.toString(), root);
    }

    private LocalProgram(Path root, String repository, Path home) {
        options = new UpOptions(
                repository,
                "",
                "overlays/local",
                Duration.ofMillis(100),
                0,
                root.resolve("data"),
                home,
                true,
                false,
                LineagePlace.of(root.resolve("openlineage.jsonl").toString(), ""));
    }

    /** Without a repository of its own, so that it makes one of the shipped pipelines. */
    static LocalProgram shipped(Path root) {
        return new LocalProgram(root, "", Path.of("..").toAbsolutePath().normalize());
    }

    @Override
    public String namespace() {
        return "ml";
    }

    @Override
    public void start() throws StartException {
        up = Up.start(options, notices::add);
    }

    @Override
    public void stop() {
        if (up != null) {
            up.close();
            up = null;
        }
    }

    @Override
    public String said() {
        StringBuilder text = new StringBuilder();
        notices.forEach(notice ->
                text.append(notice.kind()).append(' ').append(notice.text()).append('\n'));
        return text.toString();
    }

    @Override
    public Desk.Answer plumbline(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", options.data().toString()));
        return answer(line);
    }

    /** What a command line prints in this process. */
    static Desk.Answer answer(List<String> line) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int code = Main.run(writer, writer, line.toArray(String[]::new));
        writer.flush();
        return new Desk.Answer(code, out.toString());
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(50);
    }

    @Override
    public void committing() {
        // It polls all the time.
    }

    @Override
    public void committed() {
        // It polls all the time.
    }

    @Override
    public void close() {
        stop();
    }
}
