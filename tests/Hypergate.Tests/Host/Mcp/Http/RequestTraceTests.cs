using Hypergate.Host.Mcp.Http;

namespace Hypergate.Tests.Host.Mcp.Http;

public class RequestTraceTests
{
    [Theory]
    [InlineData("/mcp", false, "/mcp")]
    [InlineData("/mcp/hg_secret", true, "/mcp/{key}")]
    [InlineData("/mcp/hg_secret", false, null)]
    [InlineData("/healthz/ready", false, "/healthz/ready")]
    [InlineData("/api/approvals", false, "/api/approvals")]
    [InlineData("/api/approvals/ap_1", false, "/api/approvals/{id}")]
    [InlineData("/api/approvals/ap_1/approve", false, "/api/approvals/{id}/approve")]
    [InlineData("/api/approvals/ap_1/zap", false, null)]
    [InlineData("/wp-login.php", false, null)]
    public void A_route_is_told_and_what_stands_in_it_is_not(string path, bool isKeyInPath, string? route) =>
        Assert.Equal(route, RequestTrace.RouteOf(path, isKeyInPath));
}
