package vn.phusa.runners.cli.contract;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.SourceValue;
import vn.phusa.runners.cli.contract.ProgramCode.Method;
import vn.phusa.runners.cli.contract.ProgramCode.Use;

/**
 * Every text that the program's classes can pass for a parameter. Values are followed backwards
 * through the byte code: through fields, parameters, results and lambdas to constants and to what
 * texts are put together from. What comes from elsewhere, such as a database, stands as "*".
 */
public final class PassedTexts {
  private static final String ANY = "*";
  private static final int MAX_DEPTH = 6;
  private static final int MAX_TEXTS = 40;

  private final ProgramCode program;

  private PassedTexts(ProgramCode program) {
    this.program = program;
  }

  /** Those of the classes below a package, tests left out. */
  public static PassedTexts below(String packageName) throws IOException {
    return new PassedTexts(ProgramCode.below(packageName));
  }

  /** The call by which a method was entered, so that it is left by the same one; null: by any. */
  private record Entry(Method into, Use call, Entry before, int depth) {}

  /** What is done with a value that a method returns. */
  private interface Follow {
    void on(Method in, SourceValue value, Entry entry);
  }

  private record Place(AbstractInsnNode origin, Entry entry) {}

  /**
   * What can be passed to any method or constructor of a class as the parameter of this name.
   *
   * @throws IllegalStateException if none has such a parameter
   */
  public SortedSet<String> passedTo(Class<?> owner, String parameter) {
    ClassNode node = program.type(owner);
    Walk walk = new Walk(0);
    boolean isFound = false;
    for (MethodNode code : node.methods) {
      int local = local(code, parameter);
      if (local >= 0) {
        isFound = true;
        walk.parameter(new Method(node, code), local, null);
      }
    }
    if (!isFound) {
      throw new IllegalStateException(owner + " has no method with a parameter " + parameter);
    }
    walk.found.remove(ANY);
    return walk.found;
  }

  /** Where a parameter stands among the local variables; -1: there is none of this name. */
  private static int local(MethodNode code, String parameter) {
    int first = ProgramCode.isStatic(code) ? 0 : 1;
    int end = first + Type.getArgumentTypes(code.desc).length;
    if (code.localVariables != null) {
      for (LocalVariableNode variable : code.localVariables) {
        if (variable.name.equals(parameter)
            && ProgramCode.argument(code, variable.index) < end - first) {
          return variable.index;
        }
      }
    }
    return -1;
  }

  /** One way back. */
  private final class Walk {
    private final SortedSet<String> found = new TreeSet<>();
    private final Set<Place> seen = new HashSet<>();
    private final Set<Place> seenValues = new HashSet<>();
    private final int depth;

    Walk(int depth) {
      this.depth = depth;
    }

    private void from(Method in, SourceValue value, Entry entry) {
      for (AbstractInsnNode origin : value.insns) {
        if (seen.add(new Place(origin, entry))) {
          origin(in, origin, entry);
        }
      }
    }

    private void origin(Method in, AbstractInsnNode origin, Entry entry) {
      if (origin instanceof LdcInsnNode constant && constant.cst instanceof String text) {
        found.add(text);
      } else if (origin instanceof VarInsnNode start) {
        parameter(in, start.var, entry);
      } else if (origin instanceof FieldInsnNode field && program.isValue(field.owner)) {
        held(in, program.operand(in, field, 0), entry, field.owner);
      } else if (origin instanceof FieldInsnNode field) {
        field(field);
      } else if (origin instanceof MethodInsnNode call) {
        result(in, call, entry);
      } else if (origin instanceof InvokeDynamicInsnNode dynamic
          && dynamic.bsm.getOwner().equals("java/lang/invoke/StringConcatFactory")) {
        found.addAll(together(in, dynamic, entry));
      } else if (origin.getOpcode() != Opcodes.ACONST_NULL) {
        found.add(ANY);
      }
    }

    void parameter(Method in, int local, Entry entry) {
      int argument = ProgramCode.argument(in.code(), local);
      if (entry != null && entry.into.equals(in)) {
        MethodInsnNode call = (MethodInsnNode) entry.call.instruction();
        passed(entry.call.in(), call, argument, entry.before);
        return;
      }
      for (Use use : program.calls(in.code().name + in.code().desc)) {
        if (use.instruction() instanceof MethodInsnNode call) {
          if (program.isRelated(call.owner, in.owner().name)) {
            passed(use.in(), call, argument, null);
          }
        } else if (use.instruction() instanceof InvokeDynamicInsnNode dynamic
            && program.isRelated(ProgramCode.lambda(dynamic).getOwner(), in.owner().name)) {
          captured(use.in(), dynamic, argument + (ProgramCode.isStatic(in.code()) ? 0 : 1));
        }
      }
    }

    private void passed(Method in, MethodInsnNode call, int argument, Entry entry) {
      int count = Type.getArgumentTypes(call.desc).length;
      if (argument < count) {
        from(in, program.operand(in, call, count - 1 - argument), entry);
      }
    }

    /** What a lambda took along; the rest is passed by whoever calls it. */
    private void captured(Method in, InvokeDynamicInsnNode dynamic, int argument) {
      int count = Type.getArgumentTypes(dynamic.desc).length;
      if (argument < count) {
        from(in, program.operand(in, dynamic, count - 1 - argument), null);
      } else {
        found.add(ANY);
      }
    }

    private void field(FieldInsnNode read) {
      for (Use use : program.stores(read.name + read.desc)) {
        if (program.isRelated(((FieldInsnNode) use.instruction()).owner, read.owner)) {
          from(use.in(), program.operand(use.in(), use.instruction(), 0), null);
        }
      }
      if (!program.isOurs(read.owner)) {
        found.add(ANY);
      }
    }

    /**
     * The text that a value holds: followed through the very value, since all values of its type
     * have the same field.
     */
    private void held(Method in, SourceValue value, Entry entry, String type) {
      for (AbstractInsnNode origin : value.insns) {
        if (!seenValues.add(new Place(origin, entry))) {
          continue;
        }
        if (origin.getOpcode() == Opcodes.NEW) {
          from(in, program.constructedOf(in, origin), entry);
        } else if (origin instanceof VarInsnNode start) {
          heldByParameter(in, start.var, entry, type);
        } else if (origin instanceof MethodInsnNode call) {
          result(in, call, entry, (method, made, into) -> held(method, made, into, type));
        } else {
          found.add(ANY);
        }
      }
    }

    private void heldByParameter(Method in, int local, Entry entry, String type) {
      boolean isThis = local == 0 && !ProgramCode.isStatic(in.code());
      int count = Type.getArgumentTypes(in.code().desc).length;
      int fromTop = isThis ? count : count - 1 - ProgramCode.argument(in.code(), local);
      if (entry != null && entry.into.equals(in)) {
        Method caller = entry.call.in();
        held(
            caller, program.operand(caller, entry.call.instruction(), fromTop), entry.before, type);
        return;
      }
      for (Use use : program.calls(in.code().name + in.code().desc)) {
        if (use.instruction() instanceof MethodInsnNode call
            && program.isRelated(call.owner, in.owner().name)) {
          held(use.in(), program.operand(use.in(), call, fromTop), null, type);
        }
      }
    }

    private void result(Method in, MethodInsnNode call, Entry before) {
      result(in, call, before, this::from);
    }

    private void result(Method in, MethodInsnNode call, Entry before, Follow follow) {
      boolean isOurs = false;
      int entries = before == null ? 1 : before.depth + 1;
      for (Method method : program.methods(call.name + call.desc)) {
        if (program.isRelated(call.owner, method.owner().name)) {
          isOurs = true;
          Entry entry =
              entries > MAX_DEPTH ? null : new Entry(method, new Use(in, call), before, entries);
          for (AbstractInsnNode instruction : method.code().instructions) {
            if (instruction.getOpcode() == Opcodes.ARETURN) {
              follow.on(method, program.operand(method, instruction, 0), entry);
            }
          }
        }
      }
      if (!isOurs) {
        found.add(ANY);
      }
    }

    /** A text of several: each in every way that is known, or "*". */
    private Set<String> together(Method in, InvokeDynamicInsnNode dynamic, Entry entry) {
      Type[] types = Type.getArgumentTypes(dynamic.desc);
      Set<String> texts = Set.of("");
      int operand = 0;
      for (char deadLetter : ((String) dynamic.bsmArgs[0]).toCharArray()) {
        Set<String> next = Set.of(String.valueOf(deadLetter));
        if (deadLetter == '\u0001') {
          SourceValue value = program.operand(in, dynamic, types.length - 1 - operand);
          boolean isText = types[operand].equals(Type.getType(String.class));
          next = isText ? part(in, value, entry) : Set.of(ANY);
          operand++;
        } else if (deadLetter == '\u0002') {
          throw new IllegalStateException("a constant beside the recipe: " + in.code().name);
        }
        texts = product(texts, next);
      }
      return texts;
    }

    private Set<String> part(Method in, SourceValue value, Entry entry) {
      if (depth == MAX_DEPTH) {
        return Set.of(ANY);
      }
      Walk part = new Walk(depth + 1);
      part.from(in, value, entry);
      boolean isKnown =
          !part.found.isEmpty() && !part.found.contains(ANY) && part.found.size() <= MAX_TEXTS;
      return isKnown ? part.found : Set.of(ANY);
    }

    private static Set<String> product(Set<String> first, Set<String> second) {
      Set<String> both = new TreeSet<>();
      first.forEach(one -> second.forEach(other -> both.add(one + other)));
      return both;
    }
  }
}
