using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Faults;

/// <summary>
/// What is up: <c>{"node": "pve2", "reachable": true}</c>, <c>{"quorum": false}</c>,
/// <c>{"storage": "nas", "node": "pve1", "active": false}</c>, <c>{"vmid": 100, "lock": "backup"}</c>,
/// <c>{"vmid": 100, "agent": false}</c>, <c>{"certificate": "new"}</c>, <c>{"tickets": "forget"}</c>.
/// </summary>
internal static class StateControl
{
    public static void Apply(ProxmoxSimulator simulator, JsonObject body)
    {
        switch (body)
        {
            case { } when body["quorum"] is { } quorum:
                simulator.SetQuorum(quorum.GetValue<bool>());
                break;
            case { } when body["storage"] is { } storage:
                simulator.SetStorageActive(storage.GetValue<string>(), Text(body, "node"), Flag(body, "active"));
                break;
            case { } when body["node"] is { } node:
                simulator.SetReachable(node.GetValue<string>(), Flag(body, "reachable"));
                break;
            case { } when body["vmid"] is { } vmId && body.ContainsKey("lock"):
                simulator.SetLock(vmId.GetValue<int>(), body["lock"]?.GetValue<string>());
                break;
            case { } when body["vmid"] is { } vmId:
                simulator.SetAgent(vmId.GetValue<int>(), Flag(body, "agent"));
                break;
            case { } when body.ContainsKey("certificate"):
                simulator.ChangeCertificate();
                break;
            case { } when body.ContainsKey("tickets"):
                simulator.ForgetTickets();
                break;
            default:
                throw new FormatException("One of quorum, storage, node, vmid, certificate and tickets is expected.");
        }
    }

    private static string Text(JsonObject body, string name) => body[name]?.GetValue<string>() ?? throw new FormatException($"'{name}' is missing.");

    private static bool Flag(JsonObject body, string name) => body[name]?.GetValue<bool>() ?? throw new FormatException($"'{name}' is missing.");
}
