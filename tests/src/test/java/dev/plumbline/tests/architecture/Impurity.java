package dev.plumbline.tests.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.Set;
import java.util.function.Consumer;

/** What makes a function more than a function of its arguments. */
final class Impurity {

    /** Types that bring files, network, randomness or threads. */
    private static final Set<String> TYPES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.nio.file.Files",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Thread",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.security.SecureRandom",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ThreadLocalRandom");

    /** Values that live in java.net but open nothing. */
    private static final Set<String> NET_VALUES =
            Set.of("java.net.URI", "java.net.URISyntaxException", "java.net.URLEncoder", "java.net.URLDecoder");

    /** Methods that read the machine's clock, environment or randomness. */
    private static final Set<String> METHODS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.Locale.getDefault",
            "java.util.TimeZone.getDefault",
            "java.time.ZoneId.systemDefault",
            "java.time.InstantSource.system");

    private Impurity() {}

    /** Names each impure thing that a class uses. */
    static void report(JavaClass type, Consumer<String> wrong) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            String used = dependency.getTargetClass().getName();
            if (TYPES.contains(used) || (used.startsWith("java.net.") && !NET_VALUES.contains(used))) {
                wrong.accept("uses " + used + ": " + dependency.getDescription());
            }
        }
        type.getMethodCallsFromSelf().forEach(call -> reportCall(call, wrong));
        type.getMethodReferencesFromSelf().forEach(call -> reportCall(call, wrong));
    }

    private static void reportCall(JavaCodeUnitAccess<?> call, Consumer<String> wrong) {
        String owner = call.getTargetOwner().getName();
        String method = owner + "." + call.getName();
        // A clock that is handed in is an argument; one that a time class reads itself is the machine's.
        boolean clock = owner.startsWith("java.time.")
                && ((call.getName().equals("now")
                                && call.getTarget().getRawParameterTypes().isEmpty())
                        || (owner.equals("java.time.Clock") && call.getName().startsWith("system")));
        if (clock || METHODS.contains(method)) {
            wrong.accept("calls " + method + ": " + call.getDescription());
        }
    }
}
