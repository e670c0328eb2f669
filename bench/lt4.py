import sys,os,subprocess; arms=os.environ.get('ARMS','base fifo').split(); sys.argv=['x']
import importlib.util as u
s=u.spec_from_file_location('l','/tmp/m/bench/lt2.py'); l=u.module_from_spec(s); s.loader.exec_module(l)
mode=os.environ.get('MODE','tun'); N=int(os.environ.get('N','40000')); R=int(os.environ.get('R','5'))
import threading
res={a:[] for a in arms}
for r in range(R):
    for a in arms:
        link=l.Link(mode,"--up-delay","20ms","--seed","9")
        def later():
            import time; time.sleep(0.7)
            base='/proc/%d/task'%link.process.pid
            pid=link.process.pid
            for t in os.listdir(base):
                n=open(base+'/'+t+'/comm').read().strip()
                if a=='fifo' and n.startswith('sockbed-link'): subprocess.run(['chrt','-f','-p','1',t])
                if a=='idlejit' and n.startswith(('C1','C2')): subprocess.run(['chrt','-i','-p','0',t])
                if a=='both':
                    if n.startswith('sockbed-link'): subprocess.run(['chrt','-f','-p','1',t])
                    if n.startswith(('C1','C2')): subprocess.run(['chrt','-i','-p','0',t])
        if a!='base': threading.Thread(target=later).start()
        n,d,t=l.stream(link,N,per_ms=4); link.end()
        h=len(n)//2; q=sorted(d[h:])
        f=lambda p:(q[int(p*len(q))]-20e6)/1e3
        res[a].append((f(.99),f(.999),sum(x>21e6 for x in q)/len(q)))
        print(a,'late p50 %.0f p90 %.0f p99 %.0f p99.9 %.0f us'%(f(.5),f(.9),f(.99),f(.999)),'over 1 ms %.2f %%'%(100*res[a][-1][2]),flush=True)
for a in arms: print(a,'median p99',sorted(x[0] for x in res[a])[R//2])
