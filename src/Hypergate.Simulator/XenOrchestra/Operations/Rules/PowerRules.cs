using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>The power of VMs: which state each action needs, and which one follows.</summary>
internal static class PowerRules
{
    private static readonly string[] Running = ["Running"];
    private static readonly string[] RunningOrPaused = ["Running", "Paused"];
    private static readonly string[] AnyButHalted = ["Running", "Paused", "Suspended"];

    public static IEnumerable<OperationRule> All =>
    [
        new OperationRule("POST /vms/{id}/actions/start", Start).Taking(0.3),
        Rule("clean_shutdown", Running, Stop, needsTools: true).Taking(0.3),
        Rule("clean_reboot", Running, Restart, needsTools: true).Taking(0.4),
        Rule("hard_shutdown", AnyButHalted, Stop),
        Rule("hard_reboot", RunningOrPaused, Restart),
        Rule("pause", Running, (world, vm) => Placement.SetState(world, vm, "Paused", HostOf(world, vm))),
        Rule("unpause", ["Paused"], (world, vm) => Placement.SetState(world, vm, "Running", HostOf(world, vm))),
        Rule("suspend", Running, (world, vm) => Placement.SetState(world, vm, "Suspended", host: null), needsTools: true).Taking(0.4),
        Rule("resume", ["Suspended"], Boot).Taking(0.4),
    ];

    /// <summary>Checks what the hypervisor checks before it touches a VM.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="operation">The hypervisor's word, as <c>blockedOperations</c> has it.</param>
    /// <param name="states">The states in which it is possible.</param>
    /// <param name="needsTools">It happens inside the guest.</param>
    public static void Check(JsonObject vm, string operation, string[] states, bool needsTools = false)
    {
        if (vm["blockedOperations"]?[operation] is { } reason)
        {
            throw XoErrors.Hypervisor("OPERATION_BLOCKED", vm.Reference(), reason.ToString());
        }

        var actual = vm.Text("power_state");
        if (!states.Contains(actual, StringComparer.Ordinal))
        {
            throw XoErrors.Hypervisor("VM_BAD_POWER_STATE", vm.Reference(), states[0], actual);
        }

        if (needsTools && vm["xenTools"] is not JsonObject)
        {
            throw XoErrors.Hypervisor("VM_LACKS_FEATURE", vm.Reference());
        }
    }

    /// <summary>Starts a VM that was checked.</summary>
    public static void Boot(DataCentre world, JsonObject vm) =>
        Placement.SetState(world, vm, "Running", Placement.HostFor(world, vm));

    public static void Stop(DataCentre world, JsonObject vm) => Placement.SetState(world, vm, "Halted", host: null);

    private static OperationRule Rule(string action, string[] states, Action<DataCentre, JsonObject> change, bool needsTools = false) =>
        new($"POST /vms/{{id}}/actions/{action}", context =>
        {
            var vm = context.Target("vms");
            Check(vm, action, states, needsTools);
            change(context.World, vm);
            return null;
        });

    private static JsonNode? Start(OperationContext context)
    {
        var (world, vm) = (context.World, context.Target("vms"));
        var asked = context.BodyText("hostId") is { } id ? world.Require("hosts", id) : null;
        Check(vm, "start", ["Halted"]);
        Placement.SetState(world, vm, "Running", Placement.HostFor(world, vm, asked?.Id()));
        return null;
    }

    private static void Restart(DataCentre world, JsonObject vm)
    {
        var host = HostOf(world, vm);
        Stop(world, vm);
        Placement.SetState(world, vm, "Running", host);
    }

    private static JsonObject HostOf(DataCentre world, JsonObject vm) => world.Require("hosts", vm.Text("$container"));
}
