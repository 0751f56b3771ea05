package vn.phusa.runners.cli.contract;

import com.google.common.reflect.ClassPath;
import com.google.common.reflect.ClassPath.ResourceInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
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
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Every text that the program's classes can pass for a parameter. Values are followed backwards
 * through the byte code: through fields, parameters, results and lambdas to constants and to what
 * texts are put together from. What comes from elsewhere, such as a database, stands as "*".
 */
public final class PassedTexts {
  private static final String ANY = "*";
  private static final int MAX_DEPTH = 6;
  private static final int MAX_TEXTS = 40;

  private final Map<String, ClassNode> classes = new HashMap<>();
  private final Map<String, List<Method>> methods = new HashMap<>();
  private final Map<String, List<Use>> calls = new HashMap<>();
  private final Map<String, List<Use>> stores = new HashMap<>();
  private final Map<MethodNode, Frame<SourceValue>[]> frames = new IdentityHashMap<>();

  private record Method(ClassNode owner, MethodNode code) {}

  private record Use(Method in, AbstractInsnNode instruction) {}

  /** The call by which a method was entered, so that it is left by the same one; null: by any. */
  private record Entry(Method into, Use call, Entry before, int depth) {}

  private record Place(AbstractInsnNode origin, Entry entry) {}

  private PassedTexts() {}

  /** Reads the classes below a package, those of tests left out. */
  public static PassedTexts below(String packageName) throws IOException {
    PassedTexts texts = new PassedTexts();
    String folder = packageName.replace('.', '/') + "/";
    for (ResourceInfo file : ClassPath.from(PassedTexts.class.getClassLoader()).getResources()) {
      String name = file.getResourceName();
      boolean isClass = name.startsWith(folder) && name.endsWith(".class");
      if (isClass && !file.url().getPath().contains("/test-classes/")) {
        ClassNode node = new ClassNode();
        new ClassReader(file.asByteSource().read()).accept(node, 0);
        texts.add(node);
      }
    }
    return texts;
  }

  private void add(ClassNode owner) {
    classes.put(owner.name, owner);
    for (MethodNode code : owner.methods) {
      Method method = new Method(owner, code);
      add(methods, code.name + code.desc, method);
      for (AbstractInsnNode instruction : code.instructions) {
        Use use = new Use(method, instruction);
        if (instruction instanceof MethodInsnNode call) {
          add(calls, call.name + call.desc, use);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
          Handle lambda = lambda(dynamic);
          if (lambda != null) {
            add(calls, lambda.getName() + lambda.getDesc(), use);
          }
        } else if (instruction instanceof FieldInsnNode field
            && (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC)) {
          add(stores, field.name + field.desc, use);
        }
      }
    }
  }

  private static <T> void add(Map<String, List<T>> map, String key, T value) {
    map.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
  }

  /** The method that a lambda or a method reference calls; null for what is neither. */
  private static Handle lambda(InvokeDynamicInsnNode dynamic) {
    return dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
        ? (Handle) dynamic.bsmArgs[1]
        : null;
  }

  /**
   * What can be passed to any method or constructor of a class as the parameter of this name.
   *
   * @throws IllegalStateException if none has such a parameter
   */
  public SortedSet<String> passedTo(Class<?> owner, String parameter) {
    ClassNode node = classes.get(Type.getInternalName(owner));
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
    int first = isStatic(code) ? 0 : 1;
    int end = first + Type.getArgumentTypes(code.desc).length;
    if (code.localVariables != null) {
      for (LocalVariableNode variable : code.localVariables) {
        if (variable.name.equals(parameter) && argument(code, variable.index) < end - first) {
          return variable.index;
        }
      }
    }
    return -1;
  }

  private static boolean isStatic(MethodNode code) {
    return (code.access & Opcodes.ACC_STATIC) != 0;
  }

  /** Which argument a local variable is at the start: from 0; no argument has a large number. */
  private static int argument(MethodNode code, int local) {
    int slot = isStatic(code) ? 0 : 1;
    Type[] types = Type.getArgumentTypes(code.desc);
    for (int i = 0; i < types.length; i++) {
      if (slot == local) {
        return i;
      }
      slot += types[i].getSize();
    }
    return Integer.MAX_VALUE;
  }

  private boolean isRelated(String one, String other) {
    return isBelow(one, other) || isBelow(other, one);
  }

  private boolean isBelow(String type, String parent) {
    ClassNode node = classes.get(type);
    return type.equals(parent)
        || (node != null
            && ((node.superName != null && isBelow(node.superName, parent))
                || node.interfaces.stream().anyMatch(each -> isBelow(each, parent))));
  }

  private SourceValue operand(Method in, AbstractInsnNode at, int fromTop) {
    Frame<SourceValue> frame =
        frames.computeIfAbsent(in.code, code -> analyse(in))[in.code.instructions.indexOf(at)];
    // What cannot be reached has no frame.
    return frame == null ? new SourceValue(1) : frame.getStack(frame.getStackSize() - 1 - fromTop);
  }

  private static Frame<SourceValue>[] analyse(Method method) {
    try {
      return new Analyzer<>(new Origins()).analyze(method.owner.name, method.code);
    } catch (AnalyzerException e) {
      throw new IllegalStateException(method.owner.name + "." + method.code.name, e);
    }
  }

  /** Tells where values were made, not where they were copied. */
  private static final class Origins extends SourceInterpreter {
    Origins() {
      super(Opcodes.ASM9);
    }

    @Override
    public SourceValue newParameterValue(boolean isInstance, int local, Type type) {
      return new SourceValue(type.getSize(), new VarInsnNode(Opcodes.ALOAD, local));
    }

    @Override
    public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
      return value;
    }

    @Override
    public SourceValue unaryOperation(AbstractInsnNode instruction, SourceValue value) {
      return instruction.getOpcode() == Opcodes.CHECKCAST
          ? value
          : super.unaryOperation(instruction, value);
    }
  }

  /** One way back. */
  private final class Walk {
    private final SortedSet<String> found = new TreeSet<>();
    private final Set<Place> seen = new HashSet<>();
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
      int argument = argument(in.code, local);
      if (entry != null && entry.into.equals(in)) {
        MethodInsnNode call = (MethodInsnNode) entry.call.instruction;
        passed(entry.call.in, call, argument, entry.before);
        return;
      }
      for (Use use : calls.getOrDefault(in.code.name + in.code.desc, List.of())) {
        if (use.instruction instanceof MethodInsnNode call) {
          if (isRelated(call.owner, in.owner.name)) {
            passed(use.in, call, argument, null);
          }
        } else if (use.instruction instanceof InvokeDynamicInsnNode dynamic
            && isRelated(lambda(dynamic).getOwner(), in.owner.name)) {
          captured(use.in, dynamic, argument + (isStatic(in.code) ? 0 : 1));
        }
      }
    }

    private void passed(Method in, MethodInsnNode call, int argument, Entry entry) {
      int count = Type.getArgumentTypes(call.desc).length;
      if (argument < count) {
        from(in, operand(in, call, count - 1 - argument), entry);
      }
    }

    /** What a lambda took along; the rest is passed by whoever calls it. */
    private void captured(Method in, InvokeDynamicInsnNode dynamic, int argument) {
      int count = Type.getArgumentTypes(dynamic.desc).length;
      if (argument < count) {
        from(in, operand(in, dynamic, count - 1 - argument), null);
      } else {
        found.add(ANY);
      }
    }

    private void field(FieldInsnNode read) {
      for (Use use : stores.getOrDefault(read.name + read.desc, List.of())) {
        if (isRelated(((FieldInsnNode) use.instruction).owner, read.owner)) {
          from(use.in, operand(use.in, use.instruction, 0), null);
        }
      }
      if (!classes.containsKey(read.owner)) {
        found.add(ANY);
      }
    }

    private void result(Method in, MethodInsnNode call, Entry before) {
      boolean isOurs = false;
      int entries = before == null ? 1 : before.depth + 1;
      for (Method method : methods.getOrDefault(call.name + call.desc, List.of())) {
        if (isRelated(call.owner, method.owner.name)) {
          isOurs = true;
          Entry entry =
              entries > MAX_DEPTH ? null : new Entry(method, new Use(in, call), before, entries);
          for (AbstractInsnNode instruction : method.code.instructions) {
            if (instruction.getOpcode() == Opcodes.ARETURN) {
              from(method, operand(method, instruction, 0), entry);
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
      for (char letter : ((String) dynamic.bsmArgs[0]).toCharArray()) {
        Set<String> next = Set.of(String.valueOf(letter));
        if (letter == '\u0001') {
          SourceValue value = operand(in, dynamic, types.length - 1 - operand);
          boolean isText = types[operand].equals(Type.getType(String.class));
          next = isText ? part(in, value, entry) : Set.of(ANY);
          operand++;
        } else if (letter == '\u0002') {
          throw new IllegalStateException("a constant beside the recipe: " + in.code.name);
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
