import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;

/**
 * Runs main classes one after the other in one JVM, because starting a JVM for each console tool costs more than the tool.
 *
 * <p>One JSON object a line on stdin: {"main": class, "args": [...], "stdin": text}. One JSON object a line on stdout:
 * {"rc": exit status, "out": text, "err": text}. An exit ends the run, not the JVM; shutdown hooks run at its end, as they would.
 */
public final class ToolServer {
    /** An Error, so that no `catch (Exception e)` of a tool takes it for a failure of its own. */
    private static final class Exited extends Error {
        final int status;

        Exited(int status) {
            super("exit " + status, null, false, false);
            this.status = status;
        }
    }

    private static Exited first = null;

    /** Collects what is printed until it is taken. Threads of an earlier tool may still print: that lands in the next answer. */
    private static final class Switch extends OutputStream {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int one) {
            bytes.write(one);
        }

        @Override
        public synchronized void write(byte[] some, int offset, int length) {
            bytes.write(some, offset, length);
        }

        synchronized String take() {
            String text = bytes.toString(StandardCharsets.UTF_8);
            bytes = new ByteArrayOutputStream();
            return text;
        }
    }

    public static void main(String[] ignored) throws Exception {
        ObjectMapper json = new ObjectMapper();
        PrintStream answers = System.out;
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        InputStream noInput = new ByteArrayInputStream(new byte[0]);
        List<Runnable> hooks = new ArrayList<>();
        // Set once and switched inside: Scala's Console and log4j keep the stream they first saw.
        Switch out = new Switch();
        Switch err = new Switch();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        Exit.setExitProcedure((status, message) -> exit(status));
        Exit.setHaltProcedure((status, message) -> exit(status));
        Exit.setShutdownHookAdder((name, hook) -> hooks.add(hook));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            JsonNode request = json.readTree(line);
            List<String> arguments = new ArrayList<>();
            request.get("args").forEach(argument -> arguments.add(argument.asText()));
            System.setIn(request.hasNonNull("stdin")
                    ? new ByteArrayInputStream(request.get("stdin").asText().getBytes(StandardCharsets.UTF_8)) : noInput);
            hooks.clear();
            first = null;
            int status = run(request.get("main").asText(), arguments.toArray(new String[0]));
            for (Runnable hook : hooks) {
                hook.run();
            }
            System.out.flush();
            System.err.flush();
            answers.println(json.writeValueAsString(Map.of(
                    "rc", status,
                    "out", out.take(),
                    "err", err.take())));
            answers.flush();
        }
    }

    /** Some tools catch the throwable and exit once more, with another status: the first one is what a process would have said. */
    private static void exit(int status) {
        first = first == null ? new Exited(status) : first;
        throw first;
    }

    private static int run(String main, String[] arguments) {
        try {
            Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) arguments);
            return first == null ? 0 : first.status;
        } catch (InvocationTargetException e) {
            if (first != null) {
                return first.status;
            }
            e.getCause().printStackTrace();
            return 1;
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            return 1;
        }
    }
}
