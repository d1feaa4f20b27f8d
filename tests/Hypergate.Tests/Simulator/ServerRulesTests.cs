namespace Hypergate.Tests.Simulator;

public class ServerRulesTests
{
    private readonly RulesWorld _world = new();

    [Fact]
    public void A_server_is_registered_once()
    {
        const string body = """{"host": "10.9.9.9", "username": "root", "password": "x", "label": "branch"}""";

        var server = _world.Find("servers", _world.Make("POST /servers", "", body));

        Assert.Equal("disconnected", RulesWorld.Text(server, "status"));
        var twice = _world.Fails("POST /servers", "", body);
        Assert.Equal((409, "server already exists", "server"), (twice.Status, twice.Message, RulesWorld.Text(twice.ErrorData!, "objectType")));
        Assert.Equal(500, _world.Fails("POST /servers/{id}/actions/connect", RulesWorld.Id(server)).Status);
        Assert.Null(_world.Run("DELETE /servers/{id}", RulesWorld.Id(server)));
    }

    [Fact]
    public void A_disconnected_pool_is_out_of_sight_until_it_is_connected_again()
    {
        var server = _world.AnyId("servers", item => RulesWorld.Text(item, "label") == "prod");
        var before = Counts();

        _world.Run("POST /servers/{id}/actions/disconnect", server);

        Assert.Equal(2, _world.Data["pools"].Count);
        Assert.DoesNotContain(_world.Data["vms"].All, vm => RulesWorld.Text(vm, "name_label").StartsWith("prod-", StringComparison.Ordinal));
        var error = _world.Fails("POST /servers/{id}/actions/disconnect", server);
        Assert.Equal((409, "incorrect state"), (error.Status, error.Message));
        _world.AssertConsistent();

        _world.Run("POST /servers/{id}/actions/connect", server);

        Assert.Equal(before, Counts());
        Assert.Equal(409, _world.Fails("POST /servers/{id}/actions/connect", server).Status);
        _world.AssertConsistent();
    }

    private string Counts() => string.Join(' ', _world.Data.Collections.Select(collection => $"{collection.Name}:{collection.Count}"));
}
