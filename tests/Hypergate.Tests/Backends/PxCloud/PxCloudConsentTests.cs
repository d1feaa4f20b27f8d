using Hypergate.Model;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.Tests.Backends.PxCloud;

/// <summary>Nothing runs without a person's word for exactly that call.</summary>
public sealed class PxCloudConsentTests : IAsyncLifetime
{
    private const string Vm = "prod:prod1:100";

    private PxCloudSimulator _cloud = null!;
    private ContractGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await PxCloudUnderTest.StartAsync();
        _gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(_cloud));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("pxcloud_shutdown_vm", """{"id":"prod:prod1:100"}""")]
    [InlineData("pxcloud_stop_vm", """{"id":"prod:prod1:100"}""")]
    [InlineData("pxcloud_reset_vm", """{"id":"prod:prod1:100"}""")]
    [InlineData("pxcloud_format_disk", """{"id":"prod:prod1:100","disk":"disk0"}""")]
    [InlineData("pxcloud_restore_backup", """{"id":"bac-0001"}""")]
    [InlineData("pxcloud_put_api_acl", """{"path":"/","role":"admin","user":"viewer"}""")]
    [InlineData("pxcloud_delete_vm", """{"id":"prod:prod1:100"}""")]
    [InlineData("pxcloud_post_api_vms_id_firewall", """{"id":"prod:prod1:100","direction":"in","action":"accept"}""")]
    [InlineData("pxcloud_create_vms_by_id_snapshots_by_snapshot_rollback", """{"id":"prod:prod1:100","snapshot":"sna-0001"}""")]
    public async Task No_word_of_the_caller_stands_for_a_persons(string tool, string arguments)
    {
        var before = Writes();
        var claim = arguments.Insert(arguments.Length - 1, ",\"confirmed\":true");

        var plain = await _gateway.CallAsync(tool, arguments);
        var claimed = await _gateway.CallAsync(tool, claim);
        var invented = await _gateway.CallAsync(tool, arguments.Insert(arguments.Length - 1, ",\"confirm_token\":\"5b1b4c1e-0000-4000-8000-000000000000\""));

        Assert.Equal(before, Writes());
        Assert.All([plain, claimed, invented], static result => Assert.True(result.IsError || result.Structured!.Value.GetProperty("status").ValueEquals("confirmation_required"), result.Text));
        Assert.Contains("confirmed means nothing", claimed.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_ahead_gives_a_token_for_that_call_and_no_other()
    {
        var token = await AgreedAheadAsync("pxcloud_shutdown_vm", $$"""{"id":"{{Vm}}"}""");
        var before = Writes();

        var other = await _gateway.CallAsync("pxcloud_stop_vm", Call(Vm, token));
        Assert.True(other.IsError);
        Assert.Contains("given for another call", other.Text, StringComparison.Ordinal);
        Assert.Equal(before, Writes());

        token = await AgreedAheadAsync("pxcloud_shutdown_vm", $$"""{"id":"{{Vm}}"}""");
        Assert.True((await _gateway.CallAsync("pxcloud_shutdown_vm", Call("prod:prod1:106", token))).IsError);
        Assert.Equal(before, Writes());

        token = await AgreedAheadAsync("pxcloud_shutdown_vm", $$"""{"id":"{{Vm}}"}""");
        var done = await _gateway.CallAsync("pxcloud_shutdown_vm", Call(Vm, token));
        Assert.False(done.IsError, done.Text);
        Assert.Equal(before + 1, Writes());

        Assert.True((await _gateway.CallAsync("pxcloud_shutdown_vm", Call(Vm, token))).IsError);
        Assert.Equal(before + 1, Writes());
        Assert.Contains("\"test\"", _gateway.AuditText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_ahead_sends_nothing_and_a_no_is_a_no()
    {
        var before = Writes();

        var no = await _gateway.CallAsync("pxcloud_confirm_change", Ahead("pxcloud_stop_vm", $$"""{"id":"{{Vm}}"}"""), Person(agrees: false));
        var read = await _gateway.CallAsync("pxcloud_confirm_change", Ahead("pxcloud_get_api_vms", "{}"), Person(agrees: true));

        Assert.True(no.IsError);
        Assert.Contains("did not agree", no.Text, StringComparison.Ordinal);
        Assert.Equal("not_needed", read.Structured!.Value.GetProperty("status").GetString());
        Assert.Equal(before, Writes());
    }

    [Fact]
    public async Task What_the_caller_says_about_the_call_is_not_shown_to_the_person()
    {
        var asked = "";
        var person = new Conversation(static _ => { }, (question, _) =>
        {
            asked = question.Text;
            return Task.FromResult(new Answer(true, question.Seal, "test"));
        });
        var arguments = $$"""{"tool":"pxcloud_delete_vm","arguments":{"id":"{{Vm}}"},"action":"a harmless look","risk":"low","impact":"none at all","target":"nothing"}""";

        await _gateway.CallAsync("pxcloud_confirm_change", arguments, person);

        Assert.Contains("web-01", asked, StringComparison.Ordinal);
        Assert.Contains("deleted for good", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("harmless", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"action":"stop","target":"web-01","risk":"high","impact":"down"}""")]
    [InlineData("""{"tool":"pxcloud_no_such","arguments":{}}""")]
    public async Task Asking_ahead_for_no_exact_call_is_refused(string arguments) =>
        Assert.True((await _gateway.CallAsync("pxcloud_confirm_change", arguments, Person(agrees: true))).IsError);

    [Fact]
    public async Task A_console_share_shows_its_link_once_and_keeps_it_out_of_records()
    {
        var share = await _gateway.AgreedAsync(new("pxcloud_post_api_vms__id__console_share", $$"""{"id":"{{Vm}}","access_mode":"view_only","expires_in_seconds":3600}"""));

        Assert.False(share.IsError, share.Text);
        var link = share.Structured!.Value.GetProperty("result").GetProperty("value").GetProperty("share_url").GetString()!;
        Assert.StartsWith($"{_cloud.Url.ToString().TrimEnd('/')}/console/share/", link, StringComparison.Ordinal);
        Assert.Contains(link, share.Text, StringComparison.Ordinal);
        var token = link.Split('/')[^1];
        Assert.Equal(32, token.Length);
        Assert.DoesNotContain(token, _gateway.AuditText, StringComparison.Ordinal);
        Assert.DoesNotContain(token, (await _gateway.CallAsync("pxcloud_get_api_vms_id_console_shares", $$"""{"id":"{{Vm}}","fields":"*"}""")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_with_full_control_says_so_to_the_person()
    {
        var preview = await _gateway.CallAsync("pxcloud_confirm_change", Ahead("pxcloud_post_api_vms_id_console_share", $$"""{"id":"{{Vm}}","access_mode":"full_control","expires_in_seconds":93600}"""));

        Assert.Contains("sees and controls the console for 1 day, 2 hours, without an account", preview.Text, StringComparison.Ordinal);
        Assert.Contains("\"access_mode\":\"full_control\"", preview.Text, StringComparison.Ordinal);
    }

    private static string Call(string id, string token) => $$"""{"id":"{{id}}","confirm_token":"{{token}}"}""";

    private static string Ahead(string tool, string arguments) => $$"""{"tool":"{{tool}}","arguments":{{arguments}}}""";

    private static Conversation Person(bool agrees) => new(static _ => { }, (question, _) => Task.FromResult(new Answer(agrees, question.Seal, "test")));

    private async Task<string> AgreedAheadAsync(string tool, string arguments)
    {
        var result = await _gateway.CallAsync("pxcloud_confirm_change", Ahead(tool, arguments), Person(agrees: true));
        Assert.False(result.IsError, result.Text);
        var data = result.Structured!.Value;
        Assert.Equal("confirmed", data.GetProperty("status").GetString());
        return data.GetProperty("confirm_token").GetString()!;
    }

    private int Writes() => _cloud.Requests.All.Count(static request => request.Method != "GET" && request.Target != "/api/auth/login");
}
