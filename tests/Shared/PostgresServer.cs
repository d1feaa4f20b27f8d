using System.Diagnostics;
using System.Globalization;
using Hypergate.Tests.Shared;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Hypergate.Tests.Shared;

/// <summary>
/// The system's PostgreSQL in a temporary folder on a free port of 127.0.0.1. It starts with the first test that needs it and is ended by
/// its id. It does not run as root; then it runs as the user that the system's package made for it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "hypergate";
    private const string ReadyWords = "ready to accept connections";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hypergate-postgres-{Guid.NewGuid():n}"[..34]);
    private Process? _process;
    private int _databases;

    private int Port { get; } = FreePorts.Next();

    /// <summary>The address of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (_process is null)
            {
                await MakeAsync();
                await StartAsync();
            }

            var name = string.Create(CultureInfo.InvariantCulture, $"test{++_databases}");
            await RunOnPostgresAsync($"create database {name}");
            return $"postgres://{User}@127.0.0.1:{Port}/{name}";
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Start(["-D", Data, "-p", Text(Port), "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder}", "-c", "fsync=off", "-c", "max_connections=200", "-c", "lc_messages=C"], "postgres", line =>
        {
            if (line.Contains(ReadyWords, StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        });
        var first = await Task.WhenAny(ready.Task, _process.WaitForExitAsync()).WaitAsync(Patience);
        Assert.True(first == ready.Task, "PostgreSQL did not start.");
    }

    /// <summary>Takes it away from everybody who is connected.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            using (var signal = Process.Start("/bin/sh", ["-c", $"kill -INT {Text(process.Id)}"]))
            {
                await signal.WaitForExitAsync();
            }

            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process?.Dispose();
    }

    /// <summary>Lets it say nothing from now on: connections stay open and are taken, and nobody answers, as behind a network that loses every packet.</summary>
    public Task SilenceAsync() => SignalAllAsync("STOP");

    /// <summary>Lets it go on after <see cref="SilenceAsync"/>.</summary>
    public Task GoOnAsync() => SignalAllAsync("CONT");

    /// <summary>Runs a statement; gives its first value as text.</summary>
    public static async Task<string?> RunAsync(string address, string statement)
    {
        var uri = new Uri(address);
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={uri.Port};Username={User};Database={uri.AbsolutePath.TrimStart('/')};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own statements.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync();
            Directory.Delete(_folder, recursive: true);
        }

        _turn.Dispose();
    }

    // The server and the processes that it has started itself, for each connection one.
    private async Task SignalAllAsync(string signal)
    {
        var own = _process!.Id;
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(static name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Where(id => IsBelow(id!, own));
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {Text(own)} {string.Join(' ', all)}"]);
        await kill.WaitForExitAsync();
    }

    private static bool IsBelow(string id, int parent)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status").Any(line => line.StartsWith("PPid:", StringComparison.Ordinal) && line["PPid:".Length..].Trim() == Text(parent));
        }
        catch (IOException)
        {
            return false; // It has ended meanwhile.
        }
    }

    private string Data => Path.Combine(_folder, "data");

    private async Task MakeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
        {
            using var owner = Process.Start("chown", ["postgres", _folder]);
            await owner.WaitForExitAsync();
        }

        using var making = Start(["-D", Data, "-A", "trust", "-U", User, "--no-sync", "-E", "UTF8", "--locale=C"], "initdb");
        await making.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, making.ExitCode);
    }

    private static Process Start(string[] arguments, string program, Action<string>? hear = null)
    {
        var path = Find(program);
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]
            : [path, .. arguments];
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => hear?.Invoke(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Find(string program) => (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .OrderByDescending(static folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin", program))
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"PostgreSQL is not installed: there is no {program}. Run ./dev setup.");

    private async Task RunOnPostgresAsync(string statement) => await RunAsync($"postgres://{User}@127.0.0.1:{Port}/postgres", statement);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
