using System.Text.Json.Nodes;
using Hypergate.Simulator.Faults;
using Hypergate.Tests.Simulator.Replay;

namespace Hypergate.Tests.Simulator.Contract;

/// <summary>For every write what it takes to succeed; those that are not named succeed on the first object, without a body.</summary>
internal static class ValidCalls
{
    private const string Running = "power_state:/^Running$/";
    private const string WithTools = "power_state:/^Running$/ pvDriversDetected?";
    private const string Halted = "power_state:/^Halted$/";

    private static readonly Dictionary<string, ValidCall> Special = new(StringComparer.Ordinal)
    {
        ["PATCH /vms/{id}"] = new(Halted, """{"nameLabel":"renamed","autoPoweron":true}"""),
        ["PUT /vms/{id}/stats/data_source/{data_source}"] = new(Running),
        ["DELETE /vms/{id}/stats/data_source/{data_source}"] = new(Running),
        ["POST /vms/{id}/actions/start"] = new(Halted),
        ["POST /vms/{id}/actions/clean_shutdown"] = new(WithTools),
        ["POST /vms/{id}/actions/clean_reboot"] = new(WithTools),
        ["POST /vms/{id}/actions/hard_shutdown"] = new(Running),
        ["POST /vms/{id}/actions/hard_reboot"] = new(Running),
        ["POST /vms/{id}/actions/pause"] = new(Running),
        ["POST /vms/{id}/actions/suspend"] = new(WithTools),
        ["POST /vms/{id}/actions/resume"] = new("power_state:/^Suspended$/"),
        ["POST /vms/{id}/actions/unpause"] = new() { Prepare = async xo => await DoneAsync(xo, "vms", await xo.IdAsync("vms", Running), "pause") },
        ["POST /vms/{id}/actions/snapshot"] = new(Halted, """{"name_label":"before"}"""),
        ["POST /vms/{id}/actions/clone"] = new(Halted, """{"name_label":"copy","fast":true}"""),
        ["POST /vms/{id}/actions/migrate"] = new(Running, """{"hostId":"<hosts $pool:@pool enabled? power_state:/^Running$/ !id:@container>"}"""),
        ["POST /vifs"] = new(Body: """{"vmId":"<vms name_label:/^prod/>","networkId":"<networks>"}"""),
        ["PATCH /vifs/{id}"] = new(Body: """{"txChecksumming":false}"""),
        ["DELETE /vifs/{id}"] = new("!attached?"),
        ["POST /vifs/{id}/actions/connect"] = new("!attached?"),
        ["POST /vifs/{id}/actions/disconnect"] = new("attached?"),
        ["POST /vdis"] = new(Body: """{"srId":"<srs SR_type:/^nfs$/>","name_label":"made","virtual_size":1073741824}"""),
        ["PATCH /vdis/{id}"] = new(Body: """{"name_label":"renamed"}"""),
        ["DELETE /vdis/{id}"] = new("VDI_type:/^user$/ !$VBDs:/./"),
        ["POST /vdis/{id}/actions/migrate"] = new("name_label:/disk 0$/", """{"srId":"<srs $pool:@pool SR_type:/^(nfs|lvm|ext)$/ !id:@SR>"}"""),
        ["PUT /vdis/{id}.{format}"] = new() { Prepare = DiskAsync },
        ["POST /vbds"] = new(Body: """{"VM":"<vms power_state:/^Halted$/ name_label:/^prod/>","VDI":"<vdis name_label:/^prod.*disk 0$/>"}"""),
        ["DELETE /vbds/{id}"] = new("!attached?"),
        ["POST /vbds/{id}/actions/connect"] = new() { Prepare = async xo => await DoneAsync(xo, "vbds", await xo.IdAsync("vbds", "attached? !is_cd_drive?"), "disconnect") },
        ["POST /vbds/{id}/actions/disconnect"] = new("attached? !is_cd_drive?"),
        ["POST /users"] = new(Body: """{"name":"carol","password":"carol-pass"}"""),
        ["PATCH /users/{id}"] = new("email:/^alice$/", """{"permission":"admin"}"""),
        ["DELETE /users/{id}"] = new("email:/^alice$/"),
        ["POST /users/{id}/authentication_tokens"] = new("email:/^admin$/", "{}"),
        ["POST /users/authentication_tokens"] = new(Body: "{}"),
        ["POST /srs"] = new(Body: """
            {"hostId":"<hosts>","SR_type":"nfs","name_label":"made","device_config":{"server":"192.0.2.1","serverpath":"/x"}}
            """),
        ["DELETE /srs/{id}"] = new() { Prepare = StorageAsync },
        ["POST /srs/{id}/actions/forget"] = new() { Prepare = StorageAsync },
        ["POST /srs/{id}/actions/reclaim_space"] = new("SR_type:/^lvm$/"),
        ["POST /schedules/{id}/actions/run"] = new("name:/^nightly$/"),
        ["POST /servers"] = new(Body: """{"host":"192.0.2.7","username":"root","password":"x"}"""),
        ["POST /servers/{id}/actions/connect"] = new() { Prepare = async xo => await DoneAsync(xo, "servers", await xo.IdAsync("servers"), "disconnect") },
        ["POST /servers/{id}/actions/disconnect"] = new("status:/^connected$/"),
        ["POST /pools/{id}/actions/create_network"] = new(
            "name_label:/^prod$/", """{"name":"made","pif":"<pifs $pool:@pool physical?>","vlan":77}"""),
        ["POST /pools/{id}/actions/create_bonded_network"] = new(
            "name_label:/^prod$/", """{"name":"made","pifIds":["<pifs $pool:@pool physical?>"],"bondMode":"lacp"}"""),
        ["POST /pools/{id}/actions/create_internal_network"] = new(Body: """{"name":"made"}"""),
        ["POST /pools/{id}/actions/create_vm"] = new(
            "name_label:/^prod$/", """{"name_label":"made","template":"<vm-templates $pool:@pool>"}"""),
        ["POST /pools/{id}/actions/management_reconfigure"] = new(Body: """{"network":"<networks $pool:@pool>"}"""),
        ["POST /pools/{id}/actions/add_host"] = new(Body: """{"host":"<hosts name_label:/^edge-host1$/>"}""") { Prepare = LoneHostAsync },
        ["POST /pbds/{id}/actions/plug"] = new() { Prepare = async xo => await DoneAsync(xo, "pbds", await ConnectionAsync(xo), "unplug") },
        ["POST /pbds/{id}/actions/unplug"] = new() { Prepare = ConnectionAsync },
        ["POST /hosts/{id}/actions/management_reconfigure"] = new(Body: """{"pif":"<pifs $pool:@pool>"}"""),
        ["POST /hosts/{id}/actions/disable"] = new("enabled?", """{"evacuate":false}"""),
        ["POST /hosts/{id}/actions/enable"] = new("!enabled? power_state:/^Running$/"),
        ["POST /hosts/{id}/actions/detach"] = new() { Prepare = EmptyHostAsync },
        ["POST /hosts/{id}/actions/forget"] = new(Halted),
        ["POST /hosts/{id}/actions/start"] = new(Halted),
        ["POST /hosts/{id}/actions/clean_shutdown"] = new(Running),
        ["POST /groups"] = new(Body: """{"name":"made"}"""),
        ["PATCH /groups/{id}"] = new(Body: """{"name":"renamed"}"""),
        ["POST /backup-repositories"] = new(Body: """{"name":"made","url":"file:///made"}"""),
        ["POST /backup-repositories/{id}/actions/forget"] = new()
        {
            Prepare = xo => MadeAsync(xo, "/backup-repositories", """{"name":"own","url":"file:///own"}"""),
        },
        ["DELETE /networks/{id}"] = new() { Prepare = NetworkAsync },
        ["PATCH /backup-repositories/{id}"] = new(Body: """{"name":"renamed"}"""),
        ["POST /acl-roles"] = new(Body: """{"name":"made"}"""),
        ["PATCH /acl-roles/{id}"] = new(Body: """{"name":"renamed"}""") { Prepare = RoleAsync },
        ["DELETE /acl-roles/{id}"] = new() { Prepare = RoleAsync },
        ["PUT /acl-roles/{id}/users/{userId}"] = new() { Prepare = RoleAsync },
        ["PUT /acl-roles/{id}/groups/{groupId}"] = new() { Prepare = RoleAsync },
        ["DELETE /acl-roles/{id}/users/{userId}"] = new() { Prepare = xo => RoleOfAsync(xo, "users", "email:/^alice$/") },
        ["DELETE /acl-roles/{id}/groups/{groupId}"] = new() { Prepare = xo => RoleOfAsync(xo, "groups", "") },
        ["POST /acl-privileges"] = new(Body: """{"action":"read","effect":"allow","resource":"vm","roleId":"<acl-roles name:/^own$/>"}""")
        {
            Prepare = RoleAsync,
        },
        ["PATCH /acl-privileges/{id}"] = new(Body: """{"effect":"deny"}""") { Prepare = PrivilegeAsync },
        ["DELETE /acl-privileges/{id}"] = new() { Prepare = PrivilegeAsync },
        ["PUT /groups/{id}/users/{userId}"] = new() { Prepare = xo => MadeAsync(xo, "/groups", """{"name":"own"}""") },
        ["POST /vms/{id}/actions/revert_snapshot"] = new(Body: """{"snapshotId":"<vm-snapshots name_label:/^own$/>"}""")
        {
            Prepare = SnapshotAsync,
        },
        ["POST /tasks/{id}/actions/abort"] = new() { Prepare = PendingAsync },
        ["POST /events/{id}/subscriptions"] = new(Body: """{"collection":"VM"}""") { Prepare = StreamAsync },
        ["DELETE /events/{id}/subscriptions/{subscriptionId}"] = new() { Prepare = SubscribedAsync },
        ["POST /acl-roles/{id}/actions/copy"] = new(Body: """{"name":"copied"}"""),
    };

    private static Task<string> RoleAsync(SimulatedXo xo) => MadeAsync(xo, "/acl-roles", """{"name":"own"}""");

    private static async Task<string> RoleOfAsync(SimulatedXo xo, string holders, string filter)
    {
        var role = await RoleAsync(xo);
        await OkAsync(xo, "PUT", $"/acl-roles/{role}/{holders}/{await xo.IdAsync(holders, filter)}");
        return role;
    }

    private static async Task<string> PrivilegeAsync(SimulatedXo xo) => await MadeAsync(
        xo, "/acl-privileges", $$"""{"action":"read","effect":"allow","resource":"vm","roleId":"{{await RoleAsync(xo)}}"}""");

    private static async Task<string> SnapshotAsync(SimulatedXo xo)
    {
        var vm = await xo.IdAsync("vms", Halted);
        await OkAsync(xo, "POST", $"/vms/{vm}/actions/snapshot?sync=true", """{"name_label":"own"}""");
        return vm;
    }

    private static async Task<string> PendingAsync(SimulatedXo xo)
    {
        xo.Simulator.Faults.Add(new Fault { Path = "/srs/*/actions/scan", TaskNeverEnds = true });
        return (await OkAsync(xo, "POST", $"/srs/{await xo.IdAsync("srs")}/actions/scan")).Json["taskId"]!.GetValue<string>();
    }

    // The stream stays open as long as its simulator lives.
    private static async Task<string> StreamAsync(SimulatedXo xo)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rest/v0/events");
        request.Headers.Add("Cookie", $"token={xo.Simulator.Token}");
        var response = await xo.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var events = new EventReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        xo.Keep(events);
        return JsonNode.Parse(EventReader.Data(await events.NextAsync()))!["id"]!.GetValue<string>();
    }

    private static async Task<string> SubscribedAsync(SimulatedXo xo)
    {
        var stream = await StreamAsync(xo);
        await OkAsync(xo, "POST", $"/events/{stream}/subscriptions", """{"collection":"VM"}""");
        return stream;
    }

    private static Task<string> StorageAsync(SimulatedXo xo) => FilledAsync(xo, "/srs", """
        {"hostId":"<hosts>","SR_type":"nfs","name_label":"own","device_config":{"server":"192.0.2.1","serverpath":"/x"}}
        """);

    private static async Task<string> ConnectionAsync(SimulatedXo xo) =>
        (await xo.GetAsync($"/srs/{await StorageAsync(xo)}")).Json["$PBDs"]![0]!.GetValue<string>();

    private static Task<string> DiskAsync(SimulatedXo xo) =>
        FilledAsync(xo, "/vdis", """{"srId":"<srs SR_type:/^nfs$/>","name_label":"own","virtual_size":1048576}""");

    private static async Task<string> NetworkAsync(SimulatedXo xo) => await MadeAsync(
        xo, $"/pools/{await xo.IdAsync("pools")}/actions/create_internal_network?sync=true", """{"name":"own"}""");

    private static async Task<string> EmptyHostAsync(SimulatedXo xo)
    {
        var host = await xo.IdAsync("hosts", "name_label:/^prod-host2$/");
        await OkAsync(xo, "POST", $"/hosts/{host}/actions/disable?sync=true", """{"evacuate":true}""");
        return host;
    }

    private static async Task<string> LoneHostAsync(SimulatedXo xo)
    {
        await OkAsync(xo, "POST", $"/hosts/{await xo.IdAsync("hosts", "name_label:/^edge-host2$/")}/actions/forget?sync=true");
        foreach (var vm in (await xo.GetAsync("/vms?fields=id&filter=name_label:/^edge/ !power_state:Halted")).Json.AsArray())
        {
            await OkAsync(xo, "POST", $"/vms/{vm!["id"]}/actions/hard_shutdown?sync=true");
        }

        return await xo.IdAsync("pools", "name_label:/^prod$/");
    }

    private static async Task<string> FilledAsync(SimulatedXo xo, string path, string body) =>
        await MadeAsync(xo, path, (await new ValidCall(Body: body).FillAsync(xo, path)).Body!);

    private static async Task<string> DoneAsync(SimulatedXo xo, string collection, string id, string action)
    {
        await OkAsync(xo, "POST", $"/{collection}/{id}/actions/{action}?sync=true");
        return id;
    }

    private static async Task<string> MadeAsync(SimulatedXo xo, string path, string body) =>
        (await OkAsync(xo, "POST", path, body)).Json["id"]!.GetValue<string>();

    private static async Task<Reply> OkAsync(SimulatedXo xo, string method, string path, string? body = null)
    {
        var reply = await xo.SendAsync(method, path, body);
        Assert.True(reply.Status < 300, $"{method} {path}: {reply.Status} {reply.Text}");
        return reply;
    }

    public static ValidCall For(string operation) => Special.GetValueOrDefault(operation) ?? new ValidCall();
}
