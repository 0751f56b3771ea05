package vn.phusa.docs;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What the Java sources of all modules say, as the compiler's parser reads them. */
final class SourceTree {
  /** A method with a body, and how many lines its declaration has, annotations among them. */
  record Method(Path file, String name, long lines) {}

  /** A call as it is written, for example {@code Thread.sleep}, with its arguments. */
  record Call(Path file, @Nullable String method, String called, List<String> arguments) {}

  /** A field that is static and final. */
  record Constant(Path file, String name) {}

  /** A field, parameter or local variable whose type is written, for example {@code Set<UUID>}. */
  record Variable(Path file, String type, String name) {}

  /** A text between quotation marks. */
  record Literal(Path file, String text) {}

  private final List<Method> methods = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Constant> constants = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final List<Literal> literals = new ArrayList<>();

  private SourceTree() {}

  static SourceTree of(List<Path> files) {
    SourceTree tree = new SourceTree();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        tree.new Scanner(unit, positions).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  List<Method> methods() {
    return methods;
  }

  List<Call> calls() {
    return calls;
  }

  List<Constant> constants() {
    return constants;
  }

  List<Variable> variables() {
    return variables;
  }

  List<Literal> literals() {
    return literals;
  }

  private final class Scanner extends TreeScanner<Void, @Nullable String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Path file;

    Scanner(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
      this.file = Path.of(unit.getSourceFile().toUri());
    }

    @Override
    public Void visitMethod(MethodTree method, @Nullable String outer) {
      String name = method.getName().toString();
      if (method.getBody() != null) {
        methods.add(new Method(file, name, lines(method)));
      }
      return super.visitMethod(method, name);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, @Nullable String method) {
      List<String> arguments = call.getArguments().stream().map(Tree::toString).toList();
      calls.add(new Call(file, method, call.getMethodSelect().toString(), arguments));
      return super.visitMethodInvocation(call, method);
    }

    @Override
    public Void visitVariable(VariableTree variable, @Nullable String method) {
      if (variable.getType() != null) {
        variables.add(
            new Variable(file, variable.getType().toString(), variable.getName().toString()));
      }
      if (variable
          .getModifiers()
          .getFlags()
          .containsAll(List.of(Modifier.STATIC, Modifier.FINAL))) {
        constants.add(new Constant(file, variable.getName().toString()));
      }
      return super.visitVariable(variable, method);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, @Nullable String method) {
      if (literal.getValue() instanceof String text) {
        literals.add(new Literal(file, text));
      }
      return super.visitLiteral(literal, method);
    }

    private long lines(Tree tree) {
      long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree)) - start + 1;
    }
  }
}
