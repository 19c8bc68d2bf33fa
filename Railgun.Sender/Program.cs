using Railgun.Hosting.Commands;
using Railgun.Sender.Startup;

return await DaemonCommandLine.RunAsync(args, SenderProgram.Description);
