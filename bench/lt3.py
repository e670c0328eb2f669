import sys; sys.argv=['x']
import importlib.util as u
s=u.spec_from_file_location('l','/tmp/m/bench/lt2.py'); l=u.module_from_spec(s); s.loader.exec_module(l)
import os
mode=os.environ.get('MODE','tun')
link=l.Link(mode,"--up-delay","20ms","--seed","9")
n,d,t=l.stream(link,26000,per_ms=4)
import subprocess
link.end()
h=len(n)//2
t0=t[h]
ep=[];cur=None
for i in range(h,len(n)):
    late=d[i]-20e6
    if late>700e3:
        if cur and i-cur[1]<12: cur[1]=i;cur[2]=max(cur[2],late);cur[3]+=1
        else:
            cur=[i,i,late,1];ep.append(cur)
print(len(ep),'episodes', sum(e[3] for e in ep),'late of',len(n)-h, 'duration %.2f s'%((t[-1]-t0)/1e9))
for e in ep: print('%.1f ms: %d late, max %.0f us'%((t[e[0]]-t0)/1e6,e[3],e[2]/1e3))
