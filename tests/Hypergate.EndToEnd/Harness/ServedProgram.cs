using System.Diagnostics;
using System.Net.Http.Headers;

namespace Hypergate.EndToEnd.Harness;

/// <summary>The program as an HTTP server on a free port of 127.0.0.1, from its first line to its end.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private const string FirstWords = "Hypergate serves MCP at ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServedProgram(Process process, Uri address)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = Patience };
    }

    /// <summary>Where MCP is.</summary>
    public Uri Address { get; }

    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ServedProgram> StartAsync(
        ProgramFolder folder, IEnumerable<(string Name, string Value)> variables, params IEnumerable<string> arguments)
    {
        var process = Process.Start(HypergateProgram.StartInfo(folder, ["serve", .. arguments.Contains("--listen") ? [] : new[] { "--listen", "127.0.0.1:0" }, .. arguments], variables))!;
        process.StandardInput.Close();
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
        if (line?.StartsWith(FirstWords, StringComparison.Ordinal) != true)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not start: {line} {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        }

        return new(process, new Uri(line![FirstWords.Length..]));
    }

    /// <summary>Starts it and waits until it knows its platforms.</summary>
    public static async Task<ServedProgram> StartReadyAsync(
        ProgramFolder folder, IEnumerable<(string Name, string Value)> variables, params IEnumerable<string> arguments)
    {
        var program = await StartAsync(folder, variables, arguments);
        await Until.TrueAsync(async () => (await program.GetAsync("/healthz/ready")).IsSuccessStatusCode);
        return program;
    }

    public async Task<HttpResponseMessage> GetAsync(string path, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        headers?.Invoke(request.Headers);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to end as a service manager does; gives how long that took, its exit code, and what it said.</summary>
    public async Task<(TimeSpan Elapsed, int ExitCode, string Errors)> StopAsync()
    {
        var clock = Stopwatch.StartNew();
        using (var signal = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]))
        {
            await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return (clock.Elapsed, _process.ExitCode, await _errors);
    }

    /// <summary>Ends it as a crash of the machine would: without a word.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        Http.Dispose();
        _process.Dispose();
    }
}
