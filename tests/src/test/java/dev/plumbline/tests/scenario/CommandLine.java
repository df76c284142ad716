package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command line printed.
 *
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error
 */
record CommandLine(int code, String out, String err) {

    /** Runs a command line in this process. */
    static CommandLine run(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), line);
        return new CommandLine(code, out.toString(), err.toString());
    }

    /** Asserts that usage or environment were wrong, in one sentence, and that nothing was printed. */
    void assertRefused(String why) {
        assertEquals(2, code, out + err);
        assertTrue(err.startsWith("plumbline: ") && err.contains(why), err);
        assertFalse(err.contains("Exception"), err);
        assertEquals("", out);
    }
}
