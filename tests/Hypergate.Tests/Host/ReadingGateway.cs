namespace Hypergate.Tests.Host;

/// <summary>One read-only gateway for the tests of a class that only look, so that each costs no more than its calls.</summary>
public sealed class ReadingGateway : IAsyncLifetime
{
    private GatewayUnderTest? _gateway;

    internal GatewayUnderTest Gateway => _gateway!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayUnderTest.StartAsync();

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
}
