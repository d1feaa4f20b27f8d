namespace Hypergate.EndToEnd.Harness;

/// <summary>The stream of a session, on which a client listens.</summary>
internal static class SessionStream
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static Task<HttpResponseMessage> OpenAsync(ServedProgram program, string session, string key) => program.GetAsync("/mcp", headers =>
    {
        headers.Add("Accept", "text/event-stream");
        headers.Add("Mcp-Session-Id", session);
        headers.Add("X-API-Key", key);
    });

    /// <summary>Waits for its end, whether it is cut or comes to one.</summary>
    public static async Task EndAsync(HttpResponseMessage stream)
    {
        Task end = stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Same(end, await Task.WhenAny(end, Task.Delay(Longest, TestContext.Current.CancellationToken)));
    }
}
