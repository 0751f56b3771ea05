package vn.phusa.runners.cli.contract;

import com.google.common.reflect.ClassPath;
import com.google.common.reflect.ClassPath.ResourceInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * The program's byte code: its methods, who calls them, who sets fields, and what operands are made
 * of.
 */
final class ProgramCode {
  private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
  private final Map<String, ClassNode> classes = new HashMap<>();
  private final Map<String, List<Method>> methods = new HashMap<>();
  private final Map<String, List<Use>> calls = new HashMap<>();
  private final Map<String, List<Use>> stores = new HashMap<>();
  private final Map<MethodNode, Frame<SourceValue>[]> frames = new IdentityHashMap<>();

  record Method(ClassNode owner, MethodNode code) {}

  record Use(Method in, AbstractInsnNode instruction) {}

  private ProgramCode() {}

  /** Reads the classes below a package, those of tests left out. */
  static ProgramCode below(String packageName) throws IOException {
    ProgramCode code = new ProgramCode();
    String folder = packageName.replace('.', '/') + "/";
    for (ResourceInfo file : ClassPath.from(ProgramCode.class.getClassLoader()).getResources()) {
      String name = file.getResourceName();
      boolean isClass = name.startsWith(folder) && name.endsWith(".class");
      if (isClass && !file.url().getPath().contains("/test-classes/")) {
        ClassNode node = new ClassNode();
        new ClassReader(file.asByteSource().read()).accept(node, 0);
        code.add(node);
      }
    }
    return code;
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
  static Handle lambda(InvokeDynamicInsnNode dynamic) {
    return dynamic.bsm.getOwner().equals(LAMBDAS) ? (Handle) dynamic.bsmArgs[1] : null;
  }

  ClassNode type(Class<?> type) {
    return classes.get(Type.getInternalName(type));
  }

  /** Whether a type is one of the program's. */
  boolean isOurs(String type) {
    return classes.containsKey(type);
  }

  /** Whether a type is a record of one text. */
  boolean isValue(String type) {
    ClassNode node = classes.get(type);
    return node != null
        && node.recordComponents != null
        && node.recordComponents.size() == 1
        && node.recordComponents.get(0).descriptor.equals("Ljava/lang/String;");
  }

  /** What a constructor of one parameter gets where a new object is made. */
  SourceValue constructedOf(Method in, AbstractInsnNode made) {
    for (AbstractInsnNode each : in.code.instructions) {
      if (each instanceof MethodInsnNode call
          && call.name.equals("<init>")
          && Type.getArgumentTypes(call.desc).length == 1
          && operand(in, call, 1).insns.contains(made)) {
        return operand(in, call, 0);
      }
    }
    throw new IllegalStateException("not constructed of one: " + in.code.name);
  }

  /** The methods of any class that have a name and a descriptor. */
  List<Method> methods(String signature) {
    return methods.getOrDefault(signature, List.of());
  }

  /** Where such methods are called, or taken as lambdas. */
  List<Use> calls(String signature) {
    return calls.getOrDefault(signature, List.of());
  }

  /** Where fields of any class that have a name and a descriptor are set. */
  List<Use> stores(String signature) {
    return stores.getOrDefault(signature, List.of());
  }

  static boolean isStatic(MethodNode code) {
    return (code.access & Opcodes.ACC_STATIC) != 0;
  }

  /** Which argument a local variable is at the start: from 0; no argument has a large number. */
  static int argument(MethodNode code, int local) {
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

  /** Whether one of two types is, or is below, the other. */
  boolean isRelated(String one, String other) {
    return isBelow(one, other) || isBelow(other, one);
  }

  private boolean isBelow(String type, String parent) {
    ClassNode node = classes.get(type);
    return type.equals(parent)
        || (node != null
            && ((node.superName != null && isBelow(node.superName, parent))
                || node.interfaces.stream().anyMatch(each -> isBelow(each, parent))));
  }

  /** An operand of an instruction, counted from the top of the stack. */
  SourceValue operand(Method in, AbstractInsnNode at, int fromTop) {
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
}
