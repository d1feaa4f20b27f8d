using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Domains;

/// <summary>Wrong, missing and unknown arguments: refused before anything is sent, with what was probably meant.</summary>
public sealed class ArgumentErrorTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    [Theory]
    [InlineData("vms_query", "{}", "Failed to query vms: the argument 'operation' is missing; it is one of ")]
    [InlineData("vms_query", """{"operation":5}""", "'operation' is missing; it is one of ")]
    [InlineData("vms_query", """{"operation":"GetVmz"}""", "There is no operation 'GetVmz' on backend 'xo'.")]
    [InlineData("vms_query", """{"operation":"GetVmz"}""", "Did you mean 'GetVms'?")]
    [InlineData("vms_query", """{"operation":"get_vms"}""", "Did you mean 'GetVms'?")]
    [InlineData("vms_query", """{"operation":"GetPools"}""", "There is no operation 'GetPools'")]
    [InlineData("vms_query", """{"operation":"StartVm"}""", "There is no operation 'StartVm'")]
    [InlineData("vms_query", """{"operation":"GetVm"}""", "The argument 'id' is missing. Nothing was sent. The operation is GetVm(id)")]
    [InlineData("vms_query", """{"operation":"GetVm","id":null}""", "The argument 'id' is missing.")]
    [InlineData("vms_query", """{"operation":"GetVm","id":17}""", "'id' ")]
    [InlineData("vms_query", """{"operation":"GetVm","id":""}""", "id")]
    [InlineData("vms_query", """{"operation":"GetVm","id":".."}""", "id")]
    [InlineData("vms_query", """{"operation":"GetVm","id":"%2e%2e"}""", "id")]
    [InlineData("vms_query", """{"operation":"GetVm","Id":"x"}""", "GetVm takes no argument 'Id'; did you mean 'id'?")]
    [InlineData("vms_query", """{"operation":"GetVms","filters":"x"}""", "GetVms takes no argument 'filters'; did you mean 'filter'?")]
    [InlineData("vms_query", """{"operation":"GetVms","confirm_token":"x"}""", "GetVms takes no argument 'confirm_token'")]
    [InlineData("vms_query", """{"operation":"GetVms","ndjson":true}""", "GetVms takes no argument 'ndjson'")]
    [InlineData("vms_query", """{"operation":"GetVms","body":{}}""", "GetVms takes no argument 'body'")]
    [InlineData("vms_query", """{"operation":"GetVms","filter":5}""", "'filter' ")]
    [InlineData("vms_query", """{"operation":"GetVms","fields":["id"]}""", "'fields' ")]
    [InlineData("vms_query", """{"operation":"GetVms","limit":0}""", "'limit' ")]
    [InlineData("vms_query", """{"operation":"GetVms","limit":-1}""", "'limit' ")]
    [InlineData("vms_query", """{"operation":"GetVms","limit":"ten"}""", "'limit' ")]
    [InlineData("vms_query", """{"operation":"GetVms","limit":1.5}""", "'limit' ")]
    [InlineData("vms_query", """{"operation":"GetVms","offset":-1}""", "'offset' ")]
    [InlineData("vms_query", """{"operation":"GetVms","format":"xml"}""", "'format' is one of markdown, json, csv, passthrough, not 'xml'.")]
    [InlineData("vms_query", """{"operation":"GetVms","sort":""}""", "'sort' ")]
    [InlineData("vms_query", """{"operation":"GetVms","sort":"id","format":"passthrough"}""", "'sort' does not go with format passthrough")]
    [InlineData("vms_query", """{"operation":"GetVms","offset":1,"format":"Passthrough"}""", "'offset' does not go with format passthrough")]
    [InlineData("vms_query", """{"operation":"GetVms","cursor":"nonsense"}""", "cursor is not one that an earlier answer gave")]
    [InlineData("vms_query", """{"operation":"GetVms","backend":"other"}""", "there is no backend 'other' here; it is one of xo.")]
    [InlineData("vms_query", """{"operation":"GetVm","id":"x","fields":"id"}""", "GetVm takes no argument 'fields'")]
    [InlineData("vms_query", """{"operation":"GetVm","id":"x","limit":1}""", "GetVm takes no argument 'limit'")]
    [InlineData("vms_query", """{"operation":"GetVmStats","id":"x","granularity":"weeks"}""", "'granularity' ")]
    [InlineData("check_connection", """{"verbose":true}""", "check_connection: 'verbose' ")]
    [InlineData("get_infrastructure_summary", """{"pool":"a"}""", "get_infrastructure_summary: 'pool' ")]
    [InlineData("describe_operation", "{}", "'operation' ")]
    [InlineData("describe_operation", """{"operation":"StartVM"}""", "There is no operation 'StartVM'")]
    [InlineData("search_documentation", """{"topic":"cooking"}""", "'topic' ")]
    public async Task A_call_that_cannot_be_meant_is_refused_before_anything_is_sent(string tool, string arguments, string text)
    {
        var before = reading.Gateway.Xo.Requests.Count;
        var result = await reading.Gateway.CallAsync(tool, arguments);

        Assert.True(result.IsError, result.Text);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
        Assert.Equal(before, reading.Gateway.Xo.Requests.Count);
    }

    [Theory]
    [InlineData("""{"operation":"StartVm"}""", "Failed to execute vms action: The argument 'id' is missing.")]
    [InlineData("""{"operation":"DeleteVm"}""", "The argument 'id' is missing.")]
    [InlineData("""{"operation":"PutVmTag","id":"ID"}""", "The argument 'tag' is missing.")]
    [InlineData("""{"operation":"SnapshotVm","id":"ID","body":{"nameLabel":"x"}}""", "did you mean 'name_label'?")]
    [InlineData("""{"operation":"SnapshotVm","id":"ID","body":"now"}""", "'body' ")]
    [InlineData("""{"operation":"SnapshotVm","id":"ID","body":{"name_label":5}}""", "'body.name_label' ")]
    [InlineData("""{"operation":"RevertSnapshotVm","id":"ID","body":{}}""", "'body.snapshotId' ")]
    [InlineData("""{"operation":"RevertSnapshotVm","id":"ID"}""", "The argument 'body' is missing.")]
    [InlineData("""{"operation":"StartVm","id":"ID","sync":true}""", "StartVm takes no argument 'sync'")]
    [InlineData("""{"operation":"PutVmTag","id":"ID","tag":"a","wait":false}""", "PutVmTag takes no argument 'wait'")]
    [InlineData("""{"operation":"StartVm","id":"ID","wait":"no"}""", "'wait' ")]
    [InlineData("""{"operation":"StartVm","id":"../pools/x"}""", "id")]
    public async Task A_change_that_cannot_be_meant_gives_no_preview(string arguments, string text)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var id = await gateway.VmAsync("Halted");
        var before = gateway.Xo.Requests.Count;
        var result = await gateway.CallAsync("vms_action", arguments.Replace("ID", id, StringComparison.Ordinal));

        Assert.True(result.IsError, result.Text);
        Assert.Contains(text, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("confirm_token: ", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, gateway.Xo.Requests.Count);
    }
}
