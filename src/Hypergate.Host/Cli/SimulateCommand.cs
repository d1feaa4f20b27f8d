using System.Text.Json;
using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.PxCloud;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate simulate</c>: the data centre alone, until it is stopped.</summary>
internal static class SimulateCommand
{
    public static async Task<int> RunAsync(SimulatedFaces faces, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var clusters = new List<ProxmoxSimulator>();
        XoSimulator? orchestra = null;
        PxCloudSimulator? cloud = null;
        try
        {
            orchestra = faces.XenOrchestra is { } options ? await XoSimulator.StartAsync(options, time, cancellationToken) : null;
            foreach (var cluster in faces.Proxmox)
            {
                clusters.Add(await ProxmoxSimulator.StartAsync(cluster, time, cancellationToken));
            }

            cloud = faces.PxCloud is { } wanted ? await PxCloudSimulator.StartAsync(wanted, time, cancellationToken) : null;
            await terminal.Output.WriteLineAsync(Line(orchestra, clusters, cloud));
            await terminal.Output.FlushAsync(cancellationToken);
            await TellAsync(faces, orchestra, clusters, terminal);
            await (cloud is null ? Task.CompletedTask : terminal.Error.WriteLineAsync($"A PXCloud at {cloud.Url}. Ctrl+C ends it."));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            await EndAsync(orchestra, clusters);
            await (cloud?.DisposeAsync() ?? default);
        }

        return ExitCode.Done;
    }

    private static async Task TellAsync(SimulatedFaces faces, XoSimulator? orchestra, List<ProxmoxSimulator> clusters, Terminal terminal)
    {
        if (orchestra is not null)
        {
            await terminal.Error.WriteLineAsync($"A Xen Orchestra with {faces.XenOrchestra!.Vms} VMs at {orchestra.Url}. Ctrl+C ends it.");
        }

        foreach (var cluster in clusters)
        {
            await terminal.Error.WriteLineAsync($"The Proxmox VE cluster '{cluster.Cluster}' at {cluster.Url}. Ctrl+C ends it.");
        }
    }

    private static async Task EndAsync(XoSimulator? orchestra, List<ProxmoxSimulator> clusters)
    {
        if (orchestra is not null)
        {
            await orchestra.DisposeAsync();
        }

        foreach (var cluster in clusters)
        {
            await cluster.DisposeAsync();
        }
    }

    // {"xo":{"url":…,"token":…,"user":"admin","password":…},"pve":[{"name":…,"url":…,"tokenId":…,"tokenSecret":…,"fingerprint":…}],"pxcloud":{"url":…,"user":…,"password":…}}
    private static string Line(XoSimulator? orchestra, List<ProxmoxSimulator> clusters, PxCloudSimulator? cloud)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (orchestra is not null)
            {
                Write(writer, orchestra);
            }

            if (clusters.Count > 0)
            {
                writer.WriteStartArray("pve");
                clusters.ForEach(cluster => Write(writer, cluster));
                writer.WriteEndArray();
            }

            if (cloud is not null)
            {
                Write(writer, cloud);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, XoSimulator orchestra)
    {
        writer.WriteStartObject("xo");
        writer.WriteString("url", Address(orchestra.Url));
        writer.WriteString("token", orchestra.Token);
        writer.WriteString("user", "admin");
        writer.WriteString("password", orchestra.AdminPassword);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ProxmoxSimulator cluster)
    {
        writer.WriteStartObject();
        writer.WriteString("name", cluster.Cluster);
        writer.WriteString("url", Address(cluster.Url));
        writer.WriteString("tokenId", cluster.TokenId);
        writer.WriteString("tokenSecret", cluster.TokenSecret);
        writer.WriteString("fingerprint", cluster.Fingerprint);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PxCloudSimulator cloud)
    {
        writer.WriteStartObject("pxcloud");
        writer.WriteString("url", Address(cloud.Url));
        writer.WriteString("user", cloud.User);
        writer.WriteString("password", cloud.Password);
        writer.WriteEndObject();
    }

    private static string Address(Uri url) => url.ToString().TrimEnd('/');
}
