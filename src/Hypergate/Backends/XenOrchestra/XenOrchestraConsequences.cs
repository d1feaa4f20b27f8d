using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.XenOrchestra;

/// <summary>What a call destroys or cuts, in sentences for the person who is asked.</summary>
internal static class XenOrchestraConsequences
{
    public static IReadOnlyList<string> Of(Call call, JsonElement? subject) =>
        (call.Operation.Method, call.Operation.Path) switch
        {
            ("DELETE", "/vms/{id}" or "/vm-templates/{id}" or "/vm-snapshots/{id}") => Deletion(subject),
            ("DELETE", "/vdis/{id}" or "/vdi-snapshots/{id}") => ["The data on the disk is destroyed and cannot be recovered."],
            (_, "/vms/{id}/actions/hard_shutdown" or "/vms/{id}/actions/hard_reboot") =>
                ["Power is cut without a word to the guest: what it has not written to disk is lost."],
            (_, "/vms/{id}/actions/revert_snapshot") => Revert(call),
            (_, "/vms/{id}/actions/migrate") => Migration(call),
            (_, "/pools/{id}/actions/emergency_shutdown" or "/hosts/{id}/actions/emergency_shutdown") =>
                ["Every VM there is suspended, and the hosts are switched off."],
            (_, "/pools/{id}/actions/rolling_reboot" or "/pools/{id}/actions/rolling_update") =>
                ["All hosts of the pool are emptied and rebooted one after another."],
            (_, "/srs/{id}/actions/forget") => ["Guests lose the disks on this storage until it is attached again."],
            ("DELETE", "/srs/{id}") => ["The storage and everything on it is destroyed."],
            ("DELETE", "/tasks") => ["The history of all tasks is wiped."],
            _ => Else(call.Operation),
        };

    private static IReadOnlyList<string> Else(Operation operation) =>
        operation.Access == Access.Dangerous ? ["This may not be undone."] : [];

    private static List<string> Deletion(JsonElement? subject)
    {
        var sentences = new List<string>();
        if (subject is not { ValueKind: JsonValueKind.Object } item)
        {
            return ["It is destroyed with its disks and snapshots."];
        }

        if (item.TryGetProperty("power_state", out var state) && state.ValueEquals("Running"))
        {
            sentences.Add("It is running: its power is cut first.");
        }

        sentences.Add($"It is destroyed together with its {Count(item, "$VBDs", "disk or drive", "disks and drives")} and {Count(item, "snapshots", "snapshot", "snapshots")}.");
        return sentences;
    }

    private static string Count(JsonElement item, string property, string one, string many)
    {
        var count = item.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        return count == 1 ? $"1 {one}" : $"{count} {many}";
    }

    private static IReadOnlyList<string> Revert(Call call) =>
        Body(call) is { } body && body.TryGetProperty("snapshotBefore", out var before) && before.ValueKind == JsonValueKind.True
            ? ["The present state is kept as a new snapshot before the VM goes back."]
            : ["The present state of the VM is lost; snapshotBefore: true in the body would keep it."];

    private static IReadOnlyList<string> Migration(Call call) =>
        XenOrchestraAccess.OfCall(call.Operation, call.Arguments) == Access.Dangerous
            ? ["The VM moves to another storage or pool: the copy here is destroyed after it."]
            : [];

    private static JsonElement? Body(Call call) =>
        call.Arguments.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object ? body : null;
}
