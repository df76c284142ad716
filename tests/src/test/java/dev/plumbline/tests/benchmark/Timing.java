package dev.plumbline.tests.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Wall and CPU times of something that was done several times.
 *
 * @param wall milliseconds of each
 * @param cpu milliseconds of CPU of each: of the whole process, collecting garbage and compiling included
 */
record Timing(List<Double> wall, List<Double> cpu) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Does it a few times for nothing, then measures it. */
    static Timing of(int warmUps, int runs, Callable<?> work) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            work.call();
        }
        List<Double> wall = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            long cpuBegun = SYSTEM.getProcessCpuTime();
            long begun = System.nanoTime();
            work.call();
            wall.add((System.nanoTime() - begun) / 1e6);
            cpu.add((SYSTEM.getProcessCpuTime() - cpuBegun) / 1e6);
        }
        return new Timing(wall, cpu);
    }

    double medianWall() {
        return median(wall);
    }

    double medianCpu() {
        return median(cpu);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double percentile95(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.round(0.95 * sorted.size()) - 1));
    }

    @Override
    public String toString() {
        return "median %.1f ms (CPU %.1f ms, %d runs)".formatted(medianWall(), medianCpu(), wall.size());
    }
}
